import type { Metadata } from 'next';
import { SignInForm } from '../../../../components/auth/sign-in-form';
import { TextLink } from '../../../../components/auth/text-link';

export const metadata: Metadata = { title: 'Sign in', description: 'Sign in to Mewayz, your business platform.' };

export default function SignInPage() {
  return (
    <div className="w-full max-w-sm">
      <h1 className="mb-5 text-3xl font-semibold">Sign in</h1>
      <SignInForm />
      <p className="mt-3 text-center text-muted [form[hidden]~&]:hidden">
        <TextLink href="/forgot-password">Forgot your password?</TextLink>
      </p>
      <p className="mt-2 text-center text-muted [form[hidden]~&]:hidden">
        New to Mewayz? <TextLink href="/register">Create an account</TextLink>
      </p>
    </div>
  );
}
