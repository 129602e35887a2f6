import type { Metadata } from 'next';
import { SecureAccountForm } from '../../../../components/auth/secure-account-form';

export const metadata: Metadata = {
  title: 'Secure your account',
  description: 'Sign everybody out of your account and set a new password.',
};

export default function SecureAccountPage() {
  return (
    <div className="w-full max-w-sm">
      <h1 className="mb-5 text-3xl font-semibold">Secure your account</h1>
      <SecureAccountForm />
    </div>
  );
}
