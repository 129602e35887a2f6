'use client';

import { Bar, CartesianGrid, BarChart as Chart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { BarChartProps } from './bar-chart-props';
import { ChartTip, LegendEntry } from './chart-frame';

type DrawingProps = Required<Pick<BarChartProps, 'bars' | 'format' | 'axisFormat' | 'name' | 'layout'>>;

const axis = {
  tickLine: false,
  axisLine: false,
  tickMargin: 6,
  tick: { fill: 'var(--subtle)', fontSize: 12 },
} as const;

/** What `BarChart` draws; apart, so that the library comes only when a chart is shown. */
export function BarChartDrawing({ bars, format, axisFormat, name, layout }: DrawingProps) {
  const lying = layout === 'rows';
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Chart
        data={[...bars]}
        layout={lying ? 'vertical' : 'horizontal'}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        barCategoryGap="28%"
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={lying} horizontal={!lying} stroke="var(--line)" />
        {lying ? (
          <>
            <XAxis type="number" tickFormatter={axisFormat} {...axis} />
            <YAxis type="category" dataKey="label" width="auto" {...axis} />
          </>
        ) : (
          <>
            <XAxis dataKey="label" minTickGap={24} {...axis} />
            <YAxis width="auto" tickFormatter={axisFormat} {...axis} />
          </>
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ active, payload }) => {
            const bar = payload?.[0]?.payload as DrawingProps['bars'][number] | undefined;
            if (!active || !bar) return null;
            return (
              <ChartTip
                title={bar.label}
                lines={[
                  {
                    key: 'value',
                    label: <LegendEntry colour="text-series-1">{name}</LegendEntry>,
                    value: format(bar.value),
                  },
                ]}
              />
            );
          }}
        />
        <Bar
          dataKey="value"
          fill="var(--series-1)"
          radius={lying ? [0, 4, 4, 0] : [4, 4, 0, 0]}
          maxBarSize={40}
          isAnimationActive={false}
        />
      </Chart>
    </ResponsiveContainer>
  );
}
