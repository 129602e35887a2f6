import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { TextLink } from './text-link';

/** Nobody has an account without accepting the terms. */
export function TermsField({ error, onInput }: { error: string | undefined; onInput: () => void }) {
  return (
    <Field label="Terms" hideLabel group error={error}>
      <Checkbox
        name="acceptTerms"
        required
        onInput={onInput}
        label={
          <>
            I accept the{' '}
            <TextLink href="/terms" target="_blank">
              terms of use
            </TextLink>
          </>
        }
      />
    </Field>
  );
}
