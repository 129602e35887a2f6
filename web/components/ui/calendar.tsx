'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import {
  addDays,
  addMonths,
  clampDay,
  type Day,
  longDay,
  monthName,
  monthWeeks,
  sameMonth,
  startOfWeek,
  today,
} from './calendar-days';
import { cn } from './cn';
import { IconButton } from './icon-button';

export interface CalendarProps {
  /** The first and the last day that are marked; one may be missing while a range is being chosen. */
  from?: Day;
  to?: Day;
  min?: Day;
  max?: Day;
  onPick: (day: Day) => void;
  /** The day that the pointer or the focus is on: for showing the range that a press would make. */
  onPoint?: (day: Day | undefined) => void;
}

const weekdays = [
  ['Mo', 'Monday'],
  ['Tu', 'Tuesday'],
  ['We', 'Wednesday'],
  ['Th', 'Thursday'],
  ['Fr', 'Friday'],
  ['Sa', 'Saturday'],
  ['Su', 'Sunday'],
] as const;

const moves: Record<string, (day: Day, shift: boolean) => Day> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => startOfWeek(day),
  End: (day) => addDays(startOfWeek(day), 6),
  PageUp: (day, shift) => addMonths(day, shift ? -12 : -1),
  PageDown: (day, shift) => addMonths(day, shift ? 12 : 1),
};

/**
 * One month of days, after the grid of the ARIA authoring practices: arrows move by a day or a week, Home and End within the week,
 * Page Up and Down by a month, with Shift by a year.
 */
export function Calendar({ from, to, min, max, onPick, onPoint }: CalendarProps) {
  const titleId = useId();
  const [focused, setFocused] = useState<Day>(() => clampDay(to ?? from ?? today(), min, max));
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const now = today();

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${focused}"]`)?.focus();
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const next = clampDay(move(focused, event.shiftKey), min, max);
    moved.current = true;
    setFocused(next);
    onPoint?.(next);
  };
  const turn = (months: number) => setFocused(clampDay(addMonths(focused, months), min, max));

  return (
    <div className="w-64 select-none pointer-coarse:w-77">
      <div className="mb-1 flex items-center justify-between">
        <IconButton
          label="Previous month"
          plain
          size="sm"
          icon={<ChevronLeft aria-hidden />}
          disabled={min !== undefined && sameMonth(focused, min)}
          onClick={() => turn(-1)}
        />
        <p id={titleId} aria-live="polite" className="text-sm font-semibold">
          {monthName(focused)}
        </p>
        <IconButton
          label="Next month"
          plain
          size="sm"
          icon={<ChevronRight aria-hidden />}
          disabled={max !== undefined && sameMonth(focused, max)}
          onClick={() => turn(1)}
        />
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA practices make a date grid of a table
        role="grid"
        aria-labelledby={titleId}
        onKeyDown={onKeyDown}
        onPointerLeave={() => onPoint?.(undefined)}
        className="numeric w-full table-fixed border-separate border-spacing-x-0 border-spacing-y-0.5"
      >
        <thead>
          <tr>
            {weekdays.map(([short, long]) => (
              <th key={short} scope="col" abbr={long} className="h-7 text-xs font-medium text-subtle">
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(focused).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const edge = day === from || day === to;
                const inside = from !== undefined && to !== undefined && day >= from && day <= to;
                const outside = !sameMonth(day, focused);
                const refused = (min !== undefined && day < min) || (max !== undefined && day > max);
                return (
                  // biome-ignore lint/a11y/useFocusableInteractive: the button inside has the focus
                  <td
                    key={day}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as the table
                    role="gridcell"
                    aria-selected={edge || inside}
                    className={cn(
                      'p-0 text-center',
                      inside && from !== to && 'bg-accent-soft',
                      inside && day === from && 'rounded-s-md',
                      inside && day === to && 'rounded-e-md',
                    )}
                  >
                    <button
                      type="button"
                      data-day={day}
                      tabIndex={day === focused ? 0 : -1}
                      aria-label={`${longDay(day)}${day === now ? ', today' : ''}`}
                      disabled={refused}
                      onClick={() => {
                        setFocused(day);
                        onPick(day);
                      }}
                      onPointerEnter={() => onPoint?.(day)}
                      className={cn(
                        'relative h-8 w-full rounded-md text-sm pointer-coarse:h-11 disabled:cursor-not-allowed disabled:text-subtle disabled:line-through disabled:opacity-60',
                        edge ? 'bg-accent-solid font-medium text-on-accent' : 'enabled:hover:bg-pressed',
                        !edge && outside && 'text-subtle',
                        day === now &&
                          'after:absolute after:bottom-1 after:start-1/2 after:size-1 after:-translate-x-1/2 after:rounded-full after:bg-current',
                      )}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
