'use client';

import type { ReactNode } from 'react';
import { ChartFrame, type ChartHeight, ChartTip, LegendEntry } from './chart-frame';
import { Plot } from './plot';
import { heightOf, ticksFor } from './scale';

interface Bar {
  key: string;
  label: string;
  value: number;
}

export interface BarChartProps {
  label: string;
  bars: readonly Bar[];
  /** A value in full: in the tooltip and the table. */
  format: (value: number) => string;
  /** A value in short, on the axis. */
  axisFormat?: (value: number) => string;
  /** What is measured: "Revenue". */
  name: string;
  /** `columns` stand (time); `rows` lie (names, which need room). */
  layout?: 'columns' | 'rows';
  height?: ChartHeight;
  loading?: boolean;
}

/** One figure for each of several things. */
export function BarChart({
  label,
  bars,
  format,
  axisFormat = format,
  name,
  layout = 'columns',
  height = 'md',
  loading = false,
}: BarChartProps) {
  const legend = <LegendEntry colour="text-series-1">{name}</LegendEntry>;
  return (
    <ChartFrame
      label={label}
      height={height}
      loading={loading}
      columns={['Name', name]}
      rows={bars}
      cellsOf={(bar) => [bar.label, format(bar.value)]}
      legend={legend}
    >
      {layout === 'columns' ? (
        <Columns bars={bars} axisFormat={axisFormat}>
          {(bar) => <ChartTip title={bar.label} lines={[{ key: 'value', label: legend, value: format(bar.value) }]} />}
        </Columns>
      ) : (
        <Rows bars={bars} format={format} />
      )}
    </ChartFrame>
  );
}

/** Part of its place that a bar fills. */
const FILLED = 0.68;

function Columns({
  bars,
  axisFormat,
  children,
}: {
  bars: readonly Bar[];
  axisFormat: (value: number) => string;
  children: (bar: Bar) => ReactNode;
}) {
  const ticks = ticksFor(bars.map(({ value }) => value));
  const room = 100 / bars.length;
  const ground = heightOf(0, ticks);
  return (
    <Plot
      ticks={ticks}
      axisFormat={axisFormat}
      labels={bars.map(({ label }) => label)}
      placeOf={(index) => (index + 0.5) * room}
      tip={(index) => children(bars[index] as Bar)}
    >
      {(at) => (
        <>
          {at !== undefined && (
            <rect x={`${at * room}%`} y="0" width={`${room}%`} height="100%" className="fill-hover" />
          )}
          {bars.map(({ key, value }, index) => (
            <rect
              key={key}
              x={`${(index + (1 - FILLED) / 2) * room}%`}
              y={`${Math.min(ground, heightOf(value, ticks))}%`}
              width={`${room * FILLED}%`}
              height={`${Math.abs(ground - heightOf(value, ticks))}%`}
              rx="3"
              className="fill-series-1"
            />
          ))}
        </>
      )}
    </Plot>
  );
}

/** Each row says its value itself: no axis, no tip. */
function Rows({ bars, format }: Pick<BarChartProps, 'bars' | 'format'>) {
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)));
  return (
    <div className="numeric grid size-full grid-cols-[fit-content(45%)_minmax(0,1fr)_auto] items-center gap-x-3 text-sm">
      {bars.map(({ key, label, value }) => (
        <div key={key} className="col-span-3 grid grid-cols-subgrid items-center">
          <span className="truncate text-muted">{label}</span>
          <svg aria-hidden="true" className="h-4 w-full">
            <rect
              width={`${most === 0 ? 0 : (Math.abs(value) / most) * 100}%`}
              height="100%"
              rx="3"
              className="fill-series-1"
            />
          </svg>
          <span className="text-end font-medium">{format(value)}</span>
        </div>
      ))}
    </div>
  );
}
