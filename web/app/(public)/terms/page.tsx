import type { Metadata } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = {
  title: 'Terms of use',
  description: 'What you and the company that runs this platform may expect of each other.',
};

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-xl font-semibold">{title}</h2>
      <div className="flex flex-col gap-2 text-lg text-pretty text-muted">{children}</div>
    </section>
  );
}

export default function TermsPage() {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-2xl flex-1 px-5 pt-8 pb-20 outline-none sm:px-8 sm:pt-12"
    >
      <h1 className="mb-8 text-3xl font-semibold">Terms of use</h1>
      <div className="flex flex-col gap-8">
        <Part title="Who runs this">
          <p>
            Mewayz is software. The company that gave you this address runs it in its own AWS account; your agreement
            and your data are with that company.
          </p>
        </Part>
        <Part title="Your account">
          <p>
            It is for one person. Keep your password to yourself, and tell the company at once when somebody else may
            know it. The company can suspend an account that harms others; what was ordered stays valid.
          </p>
        </Part>
        <Part title="Your data">
          <p>
            Kept are your name, your e-mail address, what you add to your profile, your orders, and when you signed in.
            The password is kept by Amazon Cognito and never by this application. Everything is encrypted where it is
            stored and on its way.
          </p>
          <p>
            Cookies are used for your session only. Nothing is loaded from elsewhere, and nobody follows you here. News
            about the product are sent only if you asked for them.
          </p>
        </Part>
        <Part title="Orders">
          <p>
            An order is placed when the platform says so, with the prices and quantities that it shows. As long as it is
            pending or paid it can be cancelled, and its stock is given back in the same moment.
          </p>
        </Part>
        <Part title="Without warranty">
          <p>
            The software comes under the MIT licence, as it is. What the company promises you beyond that stands in your
            agreement with it.
          </p>
        </Part>
      </div>
    </main>
  );
}
