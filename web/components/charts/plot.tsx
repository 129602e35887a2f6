'use client';

import { type PointerEvent, type ReactNode, useState } from 'react';
import { cn } from '../ui/cn';
import { heightOf, labelledPlaces } from './scale';

export interface PlotProps {
  ticks: readonly number[];
  axisFormat: (value: number) => string;
  labels: readonly string[];
  /** Percent from the start at which the point or bar of this index has its middle. */
  placeOf: (index: number) => number;
  /** What is drawn over the lines of the axis, in an SVG whose lengths are percents. `at`: what the pointer is on. */
  children: (at: number | undefined) => ReactNode;
  /** What the pointer is on, in words. */
  tip: (index: number) => ReactNode;
}

/** The ground of a chart over its labels: axis, lines, and the tip beside the pointer. All of it in percents: nothing is measured. */
export function Plot({ ticks, axisFormat, labels, placeOf, children, tip }: PlotProps) {
  const [at, setAt] = useState<number>();
  const follow = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const place = ((clientX - left) / width) * 100;
    let nearest = 0;
    for (const index of labels.keys())
      if (Math.abs(placeOf(index) - place) < Math.abs(placeOf(nearest) - place)) nearest = index;
    setAt(nearest);
  };
  // The day may have changed, and with it the number of points.
  const shown = at !== undefined && at < labels.length ? at : undefined;
  const written = labelledPlaces(labels);
  return (
    <div className="@container numeric grid size-full grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_1.75rem] gap-x-3 pt-2 pe-3 text-xs text-subtle">
      <div className="flex flex-col-reverse justify-between">
        {ticks.map((tick) => (
          <span key={tick} className="flex h-0 items-center justify-end whitespace-nowrap">
            {axisFormat(tick)}
          </span>
        ))}
      </div>
      <div
        className="relative touch-pan-y"
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setAt(undefined)}
      >
        <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible">
          {ticks.map((tick) => (
            <line
              key={tick}
              x1="0"
              x2="100%"
              y1={`${heightOf(tick, ticks)}%`}
              y2={`${heightOf(tick, ticks)}%`}
              className="stroke-line"
              shapeRendering="crispEdges"
            />
          ))}
          {children(shown)}
        </svg>
        {shown !== undefined && (
          <div
            className={cn(
              'pointer-events-none absolute top-2 z-10 w-max',
              placeOf(shown) > 50 ? '-translate-x-full pe-3' : 'ps-3',
            )}
            style={{ left: `${placeOf(shown)}%` }}
          >
            {tip(shown)}
          </div>
        )}
      </div>
      {/* Text of an SVG has its place in an attribute: the exported page may hold no style. */}
      <svg aria-hidden="true" className="col-start-2 size-full overflow-visible">
        {written.map((index, n) => (
          <text
            key={index}
            x={`${placeOf(index)}%`}
            y="1.4rem"
            textAnchor="middle"
            className={cn('fill-subtle', n % 2 === 1 && 'hidden @md:inline')}
          >
            {labels[index]}
          </text>
        ))}
      </svg>
    </div>
  );
}
