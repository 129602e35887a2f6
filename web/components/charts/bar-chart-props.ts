/** What the chart is given: apart, because the chart and its drawing, which comes later, both need it. */
import type { ChartHeight } from './chart-frame';

export interface BarChartProps {
  label: string;
  bars: readonly { key: string; label: string; value: number }[];
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
