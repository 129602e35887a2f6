import type { Metadata } from 'next';
import { planLimits, plans } from '../../../../../shared/plans.ts';
import { RegisterForm } from '../../../../components/auth/register-form';
import { TextLink } from '../../../../components/auth/text-link';

export const metadata: Metadata = {
  title: 'Create an account',
  description: 'Create your account on Mewayz.',
};

const count = new Intl.NumberFormat('en');
const offers = plans.map((plan) => {
  const { requestsPerMonth, apiKeys } = planLimits[plan];
  const keys = `${count.format(apiKeys)} API ${apiKeys === 1 ? 'key' : 'keys'}`;
  return { plan, allows: `${count.format(requestsPerMonth)} requests a month, ${keys}` };
});

export default function RegisterPage() {
  return (
    <div className="w-full max-w-lg">
      <h1 className="mb-2 text-3xl font-semibold">Create your account</h1>
      <p className="mb-6 text-muted">
        Have one already? <TextLink href="/sign-in">Sign in</TextLink>
      </p>
      <RegisterForm offers={offers} />
    </div>
  );
}
