/** What the chart is given: apart, because the chart and its drawing, which comes later, both need it. */
import type { ChartHeight } from './chart-frame';

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
