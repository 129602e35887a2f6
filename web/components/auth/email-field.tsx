import { useEffect, useRef } from 'react';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

interface EmailFieldProps {
  error: string | undefined;
  hint?: string;
  /** Left out, the field keeps it: what a password manager fills in before the page is alive stays. */
  value?: string;
  controlSize?: 'lg';
  onInput: (email: string) => void;
}

/** The address that an account goes by. Password managers take it for the user name. Begins with `?email=` of the page's own address. */
export function EmailField({ error, hint, value, controlSize, onInput }: EmailFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const isOwn = value === undefined;
  const tell = useRef(onInput);
  useEffect(() => {
    const known = new URLSearchParams(window.location.search).get('email');
    if (!isOwn || !known || !field.current || field.current.value !== '') return;
    field.current.value = known;
    tell.current(known);
  }, [isOwn]);
  return (
    <Field label="E-mail" error={error} hint={hint}>
      <Input
        ref={field}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        controlSize={controlSize}
        required
        maxLength={254}
        value={value}
        onChange={(event) => onInput(event.target.value)}
      />
    </Field>
  );
}
