import type { Metadata } from 'next';
import { ForgotForm } from '../../../../components/auth/forgot-form';
import { TextLink } from '../../../../components/auth/text-link';
export const metadata: Metadata = {
  title: 'Forgot your password?',
  description: 'Get a code by mail to set a new password.',
};

export default function ForgotPasswordPage() {
  return (
    <div className="w-full max-w-sm">
      <h1 className="mb-5 text-3xl font-semibold">Forgot your password?</h1>
      <ForgotForm />
      <p className="mt-3 text-center text-muted">
        It came back to you? <TextLink href="/sign-in">Sign in</TextLink>
      </p>
    </div>
  );
}
