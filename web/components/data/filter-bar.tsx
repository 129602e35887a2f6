'use client';
/** The filters of a list: one pill each, dashed while it is not set, with what it is set to when it is. */
import { ChevronDown, CirclePlus, X } from 'lucide-react';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../ui/button';
import { today } from '../ui/calendar-days';
import { cn } from '../ui/cn';
import { DateRange } from '../ui/date-range';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Menu, MenuRadioGroup } from '../ui/menu';
import { Popover } from '../ui/popover';
import { type Filter, filterText, paramsOf } from './column.ts';

type Values = Readonly<Record<string, string>>;
export interface FilterBarProps {
  filters: readonly Filter[];
  values: Values;
  onChange: (values: Values) => void;
  /** Whether the API would take the value. */
  isValid: (param: string, value: string) => boolean;
}

const ANY = '';
/** Shown where only the last day is set. */
const FIRST_DAY = '2000-01-01';

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

function FilterPill(props: PillProps) {
  const { filter, values, onChange } = props;
  if (filter.kind !== 'days') return <Pill {...props} filter={filter} />;
  const { from, to, label } = filter;
  const isSet = values[from] !== undefined || values[to] !== undefined;
  return (
    <DateRange
      size="sm"
      label={label}
      none={`${label}: any time`}
      value={isSet ? { from: values[from] ?? FIRST_DAY, to: values[to] ?? today() } : null}
      onChange={(range) => onChange(range ? { [from]: range.from, [to]: range.to } : {})}
      className="rounded-full"
    />
  );
}

type SingleFilter = Exclude<Filter, { kind: 'days' }>;

function Pill({ filter, values, isValid, onChange }: PillProps & { filter: SingleFilter }) {
  const [open, setOpen] = useState(false);
  const text = filterText(filter, values);
  const isSet = text !== undefined;
  const trigger = (
    <button
      type="button"
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
  const apply = (change: Values) => {
    onChange(change);
    setOpen(false);
  };
  return (
    <span
      className={cn(
        'inline-flex max-w-full items-center',
        isSet && 'rounded-full border border-line-strong bg-surface shadow-rest',
      )}
    >
      <Editor
        filter={filter}
        values={values}
        isValid={isValid}
        trigger={trigger}
        open={open}
        onOpenChange={setOpen}
        apply={apply}
      />
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

interface EditorProps {
  filter: SingleFilter;
  values: Values;
  isValid: (param: string, value: string) => boolean;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  apply: (change: Values) => void;
}

function Editor({ filter, values, isValid, trigger, open, onOpenChange, apply }: EditorProps) {
  if (filter.kind === 'choice')
    return (
      <Menu trigger={trigger} align="start" open={open} onOpenChange={onOpenChange}>
        <MenuRadioGroup
          value={values[filter.param] ?? ANY}
          onValueChange={(value) => apply({ [filter.param]: value })}
          options={[{ value: ANY, label: 'Any' }, ...filter.options]}
        />
      </Menu>
    );
  return (
    <Popover trigger={trigger} label={filter.label} align="start" open={open} onOpenChange={onOpenChange}>
      <Typed filter={filter} values={values} isValid={isValid} apply={apply} />
    </Popover>
  );
}

/** One text, or a lower and an upper amount. */
function Typed({
  filter,
  values,
  isValid,
  apply,
}: Pick<EditorProps, 'values' | 'isValid' | 'apply'> & { filter: Filter & { kind: 'text' | 'amounts' } }) {
  const params = paramsOf(filter);
  const [typed, setTyped] = useState<Values>(() =>
    Object.fromEntries(params.map((param) => [param, values[param] ?? ''])),
  );
  const [problems, setProblems] = useState<Values>({});
  const labels = filter.kind === 'text' ? [filter.label] : ['From', 'Up to'];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = Object.fromEntries(params.map((param) => [param, (typed[param] ?? '').trim().replace(',', '.')]));
    const found: Record<string, string> = {};
    for (const [param, value] of Object.entries(change))
      if (value && !isValid(param, value))
        found[param] = filter.kind === 'amounts' ? 'Give an amount such as 12.50.' : (filter.hint ?? 'Not possible.');
    const [least = '', most = ''] = params.map((param) => change[param] ?? '');
    if (filter.kind === 'amounts' && least && most && Number(least) > Number(most))
      found[filter.to] ??= `Must not be below ${least}.`;
    setProblems(found);
    if (Object.keys(found).length === 0) apply(change);
  };
  return (
    <form noValidate className="flex w-64 max-w-[calc(100vw-3rem)] flex-col gap-3" onSubmit={submit}>
      <div className={cn('grid items-start gap-3', filter.kind === 'amounts' && 'grid-cols-2')}>
        {params.map((param, index) => (
          <Field
            key={param}
            label={labels[index]}
            error={problems[param]}
            {...(filter.kind === 'text' && filter.hint && { hint: filter.hint })}
          >
            <Input
              controlSize="sm"
              autoComplete="off"
              autoFocus={index === 0}
              inputMode={filter.kind === 'amounts' ? 'decimal' : 'text'}
              placeholder={filter.kind === 'text' ? filter.placeholder : undefined}
              value={typed[param] ?? ''}
              onChange={({ target }) => setTyped({ ...typed, [param]: target.value })}
            />
          </Field>
        ))}
      </div>
      <Button type="submit" variant="primary" size="sm">
        Apply
      </Button>
    </form>
  );
}
