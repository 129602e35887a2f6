'use client';

import { useId } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartTip, LegendEntry } from './chart-frame';
import type { LineChartProps, LinePoint } from './line-chart-props';

type DrawingProps = Required<Pick<LineChartProps, 'points' | 'format' | 'axisFormat' | 'names' | 'kind'>> & {
  compares: boolean;
};

/** What `LineChart` draws; apart, so that the library comes only when a chart is shown. */
export function LineChartDrawing({ points, format, axisFormat, names, kind, compares }: DrawingProps) {
  const gradient = useId();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <defs>
          <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0%" stopColor="var(--series-1)" stopOpacity={0.2} />
            <stop offset="100%" stopColor="var(--series-1)" stopOpacity={0} />
          </linearGradient>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickLine={false}
          axisLine={false}
          tickMargin={8}
          minTickGap={32}
          tick={{ fill: 'var(--subtle)', fontSize: 12 }}
        />
        <YAxis
          width="auto"
          tickLine={false}
          axisLine={false}
          tickCount={5}
          tickMargin={4}
          tickFormatter={axisFormat}
          tick={{ fill: 'var(--subtle)', fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)', strokeWidth: 1 }}
          content={({ active, payload }) => {
            const point = payload?.[0]?.payload as LinePoint | undefined;
            if (!active || !point) return null;
            return (
              <ChartTip
                title={point.label}
                lines={[
                  {
                    key: 'value',
                    label: <LegendEntry colour="text-series-1">{names.value}</LegendEntry>,
                    value: format(point.value),
                  },
                  ...(compares && point.before !== undefined
                    ? [
                        {
                          key: 'before',
                          label: (
                            <LegendEntry colour="text-series-5" dashed>
                              {names.before}
                            </LegendEntry>
                          ),
                          value: format(point.before),
                        },
                      ]
                    : []),
                ]}
              />
            );
          }}
        />
        {compares && (
          <Line
            dataKey="before"
            type="monotone"
            stroke="var(--series-5)"
            strokeWidth={1.5}
            strokeDasharray="3 4"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        {kind === 'area' ? (
          <Area
            dataKey="value"
            type="monotone"
            stroke="var(--series-1)"
            strokeWidth={2}
            fill={`url(#${gradient})`}
            activeDot={{ r: 4, stroke: 'var(--surface)', strokeWidth: 2 }}
            isAnimationActive={false}
          />
        ) : (
          <Line
            dataKey="value"
            type="monotone"
            stroke="var(--series-1)"
            strokeWidth={2}
            dot={false}
            activeDot={{ r: 4, stroke: 'var(--surface)', strokeWidth: 2 }}
            isAnimationActive={false}
          />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
