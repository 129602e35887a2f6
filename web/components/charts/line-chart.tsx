'use client';

import { type ReactNode, useId } from 'react';
import { ChartFrame, type ChartHeight, ChartTip, LegendEntry } from './chart-frame';
import { Plot } from './plot';
import { heightOf, placeOf, smoothPath, ticksFor } from './scale';

export interface LinePoint {
  key: string;
  /** "Mon 16 Nov" */
  label: string;
  value: number;
  /** The same place in the period before. */
  before?: number;
}

export interface LineChartProps {
  label: string;
  points: readonly LinePoint[];
  /** A value in full: in the tooltip and the table. */
  format: (value: number) => string;
  /** A value in short, on the axis. */
  axisFormat?: (value: number) => string;
  /** How the series are called: "This week", "The week before". */
  names: { value: string; before?: string };
  kind?: 'area' | 'line';
  height?: ChartHeight;
  loading?: boolean;
}

/** A figure over time, and beside it the period before. */
export function LineChart({
  label,
  points,
  format,
  axisFormat = format,
  names,
  kind = 'area',
  height = 'md',
  loading = false,
}: LineChartProps) {
  const { before: beforeName } = names;
  const compares = beforeName !== undefined && points.some((point) => point.before !== undefined);
  const legendOfBefore = (
    <LegendEntry colour="text-series-5" dashed>
      {beforeName}
    </LegendEntry>
  );
  return (
    <ChartFrame
      label={label}
      height={height}
      loading={loading}
      columns={['Time', names.value, ...(compares ? [beforeName] : [])]}
      rows={points}
      cellsOf={(point) => [
        point.label,
        format(point.value),
        ...(compares ? [point.before === undefined ? '—' : format(point.before)] : []),
      ]}
      legend={
        <>
          <LegendEntry colour="text-series-1">{names.value}</LegendEntry>
          {beforeName !== undefined && legendOfBefore}
        </>
      }
    >
      <Lines points={points} axisFormat={axisFormat} kind={kind} compares={compares}>
        {(point) => (
          <ChartTip
            title={point.label}
            lines={[
              {
                key: 'value',
                label: <LegendEntry colour="text-series-1">{names.value}</LegendEntry>,
                value: format(point.value),
              },
              ...(compares && point.before !== undefined
                ? [{ key: 'before', label: legendOfBefore, value: format(point.before) }]
                : []),
            ]}
          />
        )}
      </Lines>
    </ChartFrame>
  );
}

interface LinesProps extends Pick<LineChartProps, 'points'> {
  axisFormat: (value: number) => string;
  kind: 'area' | 'line';
  compares: boolean;
  children: (point: LinePoint) => ReactNode;
}

function Lines({ points, axisFormat, kind, compares, children }: LinesProps) {
  const gradient = useId();
  const before = compares ? points.flatMap((point) => (point.before === undefined ? [] : [point.before])) : [];
  const ticks = ticksFor([...points.map(({ value }) => value), ...before]);
  const place = (index: number) => placeOf(index, points.length);
  const pathOf = (values: readonly number[]) =>
    smoothPath(values.map((value, index) => ({ x: place(index), y: heightOf(value, ticks) })));
  const path = pathOf(points.map(({ value }) => value));
  const ground = heightOf(0, ticks);
  return (
    <Plot
      ticks={ticks}
      axisFormat={axisFormat}
      labels={points.map(({ label }) => label)}
      placeOf={place}
      tip={(index) => children(points[index] as LinePoint)}
    >
      {(at) => (
        <>
          {at !== undefined && (
            <line x1={`${place(at)}%`} x2={`${place(at)}%`} y1="0" y2="100%" className="stroke-line-strong" />
          )}
          <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="overflow-visible">
            {before.length > 0 && (
              <path
                d={pathOf(before)}
                fill="none"
                strokeWidth="1.5"
                strokeDasharray="3 4"
                vectorEffect="non-scaling-stroke"
                className="stroke-series-5"
              />
            )}
            {kind === 'area' && points.length > 1 && (
              <>
                <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
                  <stop offset="0%" stopColor="var(--series-1)" stopOpacity="0.2" />
                  <stop offset="100%" stopColor="var(--series-1)" stopOpacity="0" />
                </linearGradient>
                <path d={`${path}V${ground}H0Z`} fill={`url(#${gradient})`} />
              </>
            )}
            <path
              d={path}
              fill="none"
              strokeWidth="2"
              strokeLinejoin="round"
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
              className="stroke-series-1"
            />
          </svg>
          {(points.length === 1 ? [0] : at === undefined ? [] : [at]).map((index) => (
            <circle
              key={index}
              cx={`${place(index)}%`}
              cy={`${heightOf(points[index]?.value ?? 0, ticks)}%`}
              r="4"
              strokeWidth="2"
              className="fill-series-1 stroke-surface"
            />
          ))}
        </>
      )}
    </Plot>
  );
}
