'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/skeleton';
import { ChartFrame, LegendEntry } from './chart-frame';
import type { LineChartProps } from './line-chart-props';

// The library is 100 kB: it comes when a chart is shown, and never with the page.
const Drawing = dynamic(() => import('./line-chart-drawing').then((module) => module.LineChartDrawing), {
  ssr: false,
  loading: () => <Skeleton className="size-full rounded-md!" />,
});

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
  const compares = names.before !== undefined && points.some((point) => point.before !== undefined);
  return (
    <ChartFrame
      label={label}
      height={height}
      loading={loading}
      columns={['Time', names.value, ...(compares && names.before ? [names.before] : [])]}
      rows={points.map((point) => ({
        key: point.key,
        cells: [
          point.label,
          format(point.value),
          ...(compares ? [point.before === undefined ? '—' : format(point.before)] : []),
        ],
      }))}
      legend={
        <>
          <LegendEntry colour="text-series-1">{names.value}</LegendEntry>
          {compares && (
            <LegendEntry colour="text-series-5" dashed>
              {names.before}
            </LegendEntry>
          )}
        </>
      }
    >
      <Drawing points={points} format={format} axisFormat={axisFormat} names={names} kind={kind} compares={compares} />
    </ChartFrame>
  );
}
