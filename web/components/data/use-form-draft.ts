/** What somebody typed into a form outlives a reload, an ended session and a crash of the page: it waits in the tab's own storage. */
import { useEffect, useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

const PREFIX = 'mewayz.draft.';

export interface FormDraft {
  /** Values of an earlier visit were filled in. */
  isRestored: boolean;
  /** Forgets the draft and empties the form to its first values. */
  discard: () => void;
  /** Forgets the draft: what was typed is saved now. */
  forget: () => void;
}

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Keeps the values of a form under a name, person and record included; `enabled` false until the form has its first values. */
export function useFormDraft<V extends FieldValues, C, O>(
  form: UseFormReturn<V, C, O>,
  name: string,
  enabled = true,
): FormDraft {
  const key = `${PREFIX}${name}`;
  const [isRestored, setRestored] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    const draft = read(key) as { values: V; first: string } | null;
    const first = JSON.stringify(form.formState.defaultValues ?? {});
    // A draft of an older version would bring back what somebody else changed since.
    if (draft && draft.first === first && JSON.stringify(draft.values) !== first) {
      form.reset(draft.values, { keepDefaultValues: true });
      setRestored(true);
    }
    const subscription = form.watch((values) => {
      try {
        if (JSON.stringify(values) === first) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify({ values, first }));
      } catch {
        // Storage is full or closed: the form still works.
      }
    });
    return () => subscription.unsubscribe();
  }, [form, key, enabled]);

  const forget = () => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept then.
    }
    setRestored(false);
  };
  return {
    isRestored,
    forget,
    discard: () => {
      form.reset();
      forget();
    },
  };
}
