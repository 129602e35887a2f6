'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '../ui/skeleton';
import type { BarChartProps } from './bar-chart-props';
import { ChartFrame, LegendEntry } from './chart-frame';

const Drawing = dynamic(() => import('./bar-chart-drawing').then((module) => module.BarChartDrawing), {
  ssr: false,
  loading: () => <Skeleton className="size-full rounded-md!" />,
});

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
  return (
    <ChartFrame
      label={label}
      height={height}
      loading={loading}
      columns={['Name', name]}
      rows={bars.map((bar) => ({ key: bar.key, cells: [bar.label, format(bar.value)] }))}
      legend={<LegendEntry colour="text-series-1">{name}</LegendEntry>}
    >
      <Drawing bars={bars} format={format} axisFormat={axisFormat} name={name} layout={layout} />
    </ChartFrame>
  );
}
