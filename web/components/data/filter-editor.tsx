'use client';
/** What a filter is set by: a choice, a text, two amounts or two days. */
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Menu, MenuRadioGroup } from '../ui/menu';
import { Popover } from '../ui/popover';
import { type Filter, paramsOf } from './column.ts';

type Values = Readonly<Record<string, string>>;
const ANY = '';
const problemWords = { amounts: 'Give an amount such as 12.50.', days: 'Give a day.' } as const;
const tidy = ({ kind }: Filter, text: string) => (kind === 'amounts' ? text.trim().replace(',', '.') : text.trim());

export interface EditorProps {
  filter: Filter;
  values: Values;
  isValid: (param: string, value: string) => boolean;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  apply: (change: Values) => void;
}

export default function FilterEditor({ filter, values, isValid, trigger, open, onOpenChange, apply }: EditorProps) {
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
}: Pick<EditorProps, 'values' | 'isValid' | 'apply'> & { filter: Exclude<Filter, { kind: 'choice' }> }) {
  const params = paramsOf(filter);
  const [typed, setTyped] = useState<Values>(() =>
    Object.fromEntries(params.map((param) => [param, values[param] ?? ''])),
  );
  const [problems, setProblems] = useState<Values>({});
  const labels =
    filter.kind === 'text' ? [filter.label] : filter.kind === 'days' ? ['First day', 'Last day'] : ['From', 'Up to'];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = Object.fromEntries(params.map((param) => [param, tidy(filter, typed[param] ?? '')]));
    const found: Record<string, string> = {};
    for (const [param, value] of Object.entries(change))
      if (value && !isValid(param, value))
        found[param] = filter.kind === 'text' ? (filter.hint ?? 'Not possible.') : problemWords[filter.kind];
    const [least = '', most = ''] = params.map((param) => change[param] ?? '');
    if (filter.kind === 'amounts' && least && most && Number(least) > Number(most))
      found[filter.to] ??= `Must not be below ${least}.`;
    if (filter.kind === 'days' && least && most && least > most)
      found[filter.to] ??= 'Must not be before the first day.';
    setProblems(found);
    if (Object.keys(found).length === 0) apply(change);
  };
  return (
    <form noValidate className="flex w-72 max-w-[calc(100vw-3rem)] flex-col gap-3" onSubmit={submit}>
      <div className={cn('grid items-start gap-3', filter.kind !== 'text' && 'grid-cols-2')}>
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
              type={filter.kind === 'days' ? 'date' : 'text'}
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
