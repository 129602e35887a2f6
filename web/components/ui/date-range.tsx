'use client';

import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { Calendar } from './calendar';
import { addDays, type Day, dayRange, isDay, startOfMonth, today } from './calendar-days';
import { cn } from './cn';
import { Field } from './field';
import { Input } from './input';
import { useMediaQuery } from './media-query';
import { Popover } from './popover';
import { Sheet } from './sheet';

export interface Range {
  /** Both days belong to it. */
  from: Day;
  to: Day;
}
export interface RangePreset {
  label: string;
  range: Range;
}

/** The presets of reports: the days before today's date, today included. */
export function defaultPresets(now: Day = today()): RangePreset[] {
  const lastMonth = addDays(startOfMonth(now), -1);
  return [
    { label: 'Today', range: { from: now, to: now } },
    { label: 'Last 7 days', range: { from: addDays(now, -6), to: now } },
    { label: 'Last 30 days', range: { from: addDays(now, -29), to: now } },
    { label: 'Last 90 days', range: { from: addDays(now, -89), to: now } },
    { label: 'This month', range: { from: startOfMonth(now), to: now } },
    { label: 'Last month', range: { from: startOfMonth(lastMonth), to: lastMonth } },
    { label: 'This year', range: { from: `${now.slice(0, 4)}-01-01`, to: now } },
  ];
}

export interface DateRangeProps {
  /** What it dates, for screen readers: "Period". */
  label: string;
  value: Range | null;
  onChange: (range: Range | null) => void;
  presets?: readonly RangePreset[];
  min?: Day;
  max?: Day;
  /** Shown, and possible, when there is none: "Any time". Without it a range can't be taken away. */
  none?: string;
  size?: 'sm' | 'md';
  align?: 'start' | 'end';
  className?: string;
}

/** From one day to another: by preset, by calendar, or typed. */
export function DateRange({
  label,
  value,
  onChange,
  presets = defaultPresets(),
  min,
  max,
  none,
  size = 'md',
  align = 'start',
  className,
}: DateRangeProps) {
  const narrow = useMediaQuery('(max-width: 639px), (max-height: 559px)');
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [pointed, setPointed] = useState<Day>();
  const preset = presets.find((each) => each.range.from === value?.from && each.range.to === value.to);
  const says = value ? (preset?.label ?? dayRange(value.from, value.to)) : (none ?? 'Choose dates');

  const show = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    setFrom(value?.from ?? '');
    setTo(value?.to ?? '');
    setPointed(undefined);
  };
  const take = (range: Range | null) => {
    onChange(range);
    setOpen(false);
  };
  const pick = (day: Day) => {
    if (isDay(from) && !to) {
      setFrom(day < from ? day : from);
      setTo(day < from ? from : day);
    } else {
      setFrom(day);
      setTo('');
    }
  };
  const problem =
    (from && !isDay(from)) || (to && !isDay(to))
      ? 'That is no date.'
      : from && to && from > to
        ? 'The first day is after the last.'
        : (min && from && from < min) || (max && to && to > max)
          ? 'That is outside what can be chosen.'
          : undefined;
  const end = to || (isDay(from) ? pointed : undefined);
  const marked = end && from && end < from ? { from: end, to: from } : { from: from || undefined, to: end };

  const trigger = (
    <Button
      size={size}
      aria-label={`${label}: ${says}`}
      className={cn('numeric font-normal', className)}
      icon={<CalendarDays aria-hidden className="text-subtle" />}
    >
      {says}
    </Button>
  );
  const content = (
    <div className="flex flex-col sm:flex-row">
      <div className="flex gap-1 overflow-x-auto border-b p-2 sm:w-36 sm:flex-col sm:border-e sm:border-b-0">
        {none && (
          <Preset pressed={value === null} onClick={() => take(null)}>
            {none}
          </Preset>
        )}
        {presets.map((each) => (
          <Preset key={each.label} pressed={each === preset} onClick={() => take(each.range)}>
            {each.label}
          </Preset>
        ))}
      </div>
      <form
        className="flex flex-col items-center gap-3 p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:items-stretch"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (isDay(from) && isDay(to) && !problem) take({ from, to });
        }}
      >
        <div className="grid w-64 grid-cols-2 gap-2 pointer-coarse:w-77">
          <Field label="From">
            <Input
              type="date"
              controlSize="sm"
              value={from}
              min={min}
              max={max}
              onChange={(event) => setFrom(event.target.value)}
              className="[&::-webkit-calendar-picker-indicator]:hidden"
            />
          </Field>
          <Field label="To">
            <Input
              type="date"
              controlSize="sm"
              value={to}
              min={min}
              max={max}
              onChange={(event) => setTo(event.target.value)}
              className="[&::-webkit-calendar-picker-indicator]:hidden"
            />
          </Field>
        </div>
        <Calendar
          key={open ? 'open' : 'closed'}
          from={marked.from && isDay(marked.from) ? marked.from : undefined}
          to={marked.to && isDay(marked.to) ? marked.to : undefined}
          min={min}
          max={max}
          onPick={pick}
          onPoint={setPointed}
        />
        <p role="status" className="text-sm text-bad empty:hidden">
          {problem}
        </p>
        <div className="flex justify-end gap-2 self-stretch">
          <Button size="sm" variant="ghost" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button size="sm" variant="primary" type="submit" disabled={!isDay(from) || !isDay(to) || Boolean(problem)}>
            Apply
          </Button>
        </div>
      </form>
    </div>
  );
  return narrow ? (
    <Sheet open={open} onOpenChange={show} side="bottom" title={label} bare trigger={trigger}>
      {content}
    </Sheet>
  ) : (
    <Popover open={open} onOpenChange={show} label={label} align={align} flush tall trigger={trigger}>
      {content}
    </Popover>
  );
}

function Preset({ pressed, onClick, children }: { pressed: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={cn(
        'h-8 shrink-0 rounded-md px-2.5 text-start text-sm whitespace-nowrap hover:bg-hover pointer-coarse:h-10',
        pressed ? 'bg-accent-soft font-medium text-accent' : 'text-fg',
      )}
    >
      {children}
    </button>
  );
}
