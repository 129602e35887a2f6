'use client';

import { type Plan, planLimits, plans } from '../../../shared/plans.ts';

const count = new Intl.NumberFormat('en');

function allowanceOf(plan: Plan): string {
  const { requestsPerMonth, apiKeys } = planLimits[plan];
  const keys = `${count.format(apiKeys)} API ${apiKeys === 1 ? 'key' : 'keys'}`;
  return `${count.format(requestsPerMonth)} requests a month, ${keys}`;
}

/** The plan that is wanted: radio buttons, so arrows and screen readers know what to do. */
export function PlanChoice({ value, onChange }: { value: Plan; onChange: (plan: Plan) => void }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Plan</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {plans.map((plan) => (
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
            <span className="text-xs text-pretty text-muted">{allowanceOf(plan)}</span>
          </label>
        ))}
      </div>
      <p className="text-sm text-pretty text-subtle">
        Every account begins as Free; the company grants other plans after a look at your wish.
      </p>
    </fieldset>
  );
}
