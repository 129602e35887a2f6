'use client';

import type { Plan } from '../../../shared/plans.ts';

export interface PlanOffer {
  plan: Plan;
  /** What it allows, in a line. */
  allows: string;
}

/** The plan that is wanted: radio buttons, so arrows and screen readers know what to do. */
export function PlanChoice({
  offers,
  value,
  onChange,
}: {
  offers: readonly PlanOffer[];
  value: Plan;
  onChange: (plan: Plan) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Plan</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {offers.map(({ plan, allows }) => (
          <label
            key={plan}
            className="flex cursor-pointer flex-col gap-0.5 rounded-lg border border-line-strong bg-surface px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-checked:inset-ring-1 has-checked:inset-ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name="plan"
              value={plan}
              checked={value === plan}
              onChange={() => onChange(plan)}
              className="sr-only"
            />
            <span className="font-medium">{plan}</span>
            <span className="text-xs text-pretty text-muted">{allows}</span>
          </label>
        ))}
      </div>
      <p className="text-sm text-pretty text-subtle">Every account begins as Free; the company grants other plans.</p>
    </fieldset>
  );
}
