import { useId, useState } from 'react';
import { Field } from '../ui/field';
import { PasswordInput } from '../ui/password-input';
import { PasswordStrength } from './password-strength';

interface NewPasswordFieldProps {
  label: string;
  error: string | undefined;
  /** No password may hold it. */
  email: string;
  controlSize?: 'lg';
  onInput: () => void;
}

/** A password that is being chosen, with the rules that it meets and how strong it is. */
export function NewPasswordField({ label, error, email, controlSize, onInput }: NewPasswordFieldProps) {
  const [password, setPassword] = useState('');
  const rulesId = useId();
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} error={error}>
        <PasswordInput
          name="password"
          autoComplete="new-password"
          controlSize={controlSize}
          required
          aria-describedby={rulesId}
          onInput={(event) => {
            setPassword(event.currentTarget.value);
            onInput();
          }}
        />
      </Field>
      <PasswordStrength id={rulesId} password={password} email={email} />
    </div>
  );
}
