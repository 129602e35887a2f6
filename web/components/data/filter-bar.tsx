'use client';
/** The filters of a list: one pill each, dashed while it is not set, with what it is set to when it is. */
import { ChevronDown, CirclePlus, X } from 'lucide-react';
import { lazy } from 'react';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { type Filter, filterText, paramsOf } from './column.ts';
import { OnDemand, type Reach } from './on-demand.tsx';

// Menus and popovers weigh as much as the table itself: they come when somebody reaches for a filter.
const loadEditor = () => import('./filter-editor.tsx');
const FilterEditor = lazy(loadEditor);

type Values = Readonly<Record<string, string>>;
export interface FilterBarProps {
  filters: readonly Filter[];
  values: Values;
  onChange: (values: Values) => void;
  /** Whether the API would take the value. */
  isValid: (param: string, value: string) => boolean;
}

export function FilterBar({ filters, values, onChange, isValid }: FilterBarProps) {
  const set = (filter: Filter, change: Values) => {
    const next: Record<string, string> = { ...values };
    for (const param of paramsOf(filter)) delete next[param];
    for (const [param, value] of Object.entries(change)) if (value) next[param] = value;
    onChange(next);
  };
  const isAnySet = Object.keys(values).length > 0;
  return (
    <>
      {filters.map((filter) => (
        <FilterPill
          key={filter.label}
          filter={filter}
          values={values}
          isValid={isValid}
          onChange={(change) => set(filter, change)}
        />
      ))}
      {isAnySet && (
        <Button variant="ghost" size="sm" aria-label="Clear all filters" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </>
  );
}

interface PillProps {
  filter: Filter;
  values: Values;
  isValid: (param: string, value: string) => boolean;
  onChange: (change: Values) => void;
}

function FilterPill({ filter, values, isValid, onChange }: PillProps) {
  const text = filterText(filter, values);
  const isSet = text !== undefined;
  const trigger = (reach: Reach) => (
    <button
      type="button"
      aria-haspopup={filter.kind === 'choice' ? 'menu' : 'dialog'}
      {...reach}
      className={cn(
        'inline-flex h-control-sm max-w-full items-center gap-1.5 text-sm whitespace-nowrap transition-colors [&_svg]:size-3.5 [&_svg]:shrink-0',
        isSet
          ? 'rounded-s-full py-0 ps-3 pe-1.5 text-fg hover:bg-hover'
          : 'rounded-full border border-dashed border-control px-2.5 text-muted hover:border-muted hover:text-fg',
      )}
    >
      {!isSet && <CirclePlus aria-hidden />}
      <span className={cn(isSet && 'text-muted')}>{filter.label}</span>
      {isSet && <span className="max-w-40 truncate font-medium text-accent">{text}</span>}
      {isSet && <ChevronDown aria-hidden className="text-subtle" />}
    </button>
  );
  return (
    <span
      className={cn(
        'inline-flex max-w-full items-center',
        isSet && 'rounded-full border border-line-strong bg-surface shadow-rest',
      )}
    >
      <OnDemand load={loadEditor} trigger={trigger}>
        {(button, open, onOpenChange) => (
          <FilterEditor
            filter={filter}
            values={values}
            isValid={isValid}
            trigger={button}
            open={open}
            onOpenChange={onOpenChange}
            apply={(change) => {
              onChange(change);
              onOpenChange(false);
            }}
          />
        )}
      </OnDemand>
      {isSet && (
        <button
          type="button"
          aria-label={`Clear the filter ${filter.label}`}
          className="grid h-control-sm w-7 shrink-0 place-items-center rounded-e-full border-s text-subtle transition-colors hover:bg-hover hover:text-fg pointer-coarse:w-9"
          onClick={() => onChange({})}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  );
}
