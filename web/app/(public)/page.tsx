import { ChartSpline, CloudCog, KeyRound, Package, ReceiptText, ShieldCheck, Webhook } from 'lucide-react';
import type { Metadata } from 'next';
import { DashboardFigure } from '../../components/public/dashboard-figure';
import { buttonLook } from '../../components/ui/button';

const title = 'Mewayz: the business platform in your own AWS account';
const description =
  'Sell products, process orders and watch the numbers in one place, serverless, in an AWS account that is yours. Nothing to patch, almost nothing to pay at rest.';
export const metadata: Metadata = {
  title: { absolute: title },
  description,
  openGraph: { title, description, type: 'website' },
};

const features = [
  {
    icon: Package,
    title: 'Products that are found',
    text: 'A catalogue of hundreds of thousands, searched as you type, sorted and filtered on the server, with stock that warns before it runs out.',
  },
  {
    icon: ReceiptText,
    title: 'Orders that are exact',
    text: 'Taking stock, fixing prices and writing the order is one transaction. It happens wholly or not at all, never oversells, and a retry never orders twice.',
  },
  {
    icon: ChartSpline,
    title: 'Figures that follow',
    text: 'Revenue, orders and new users against the period before, seconds after they happen, and correct when events come twice or out of order.',
  },
  {
    icon: ShieldCheck,
    title: 'Rights that hold',
    text: 'Five roles, each right scoped to one’s own or to all and checked on every request. Each function may touch exactly what it declares.',
  },
  {
    icon: KeyRound,
    title: 'An API without surprises',
    text: 'Everything that the pages do, your programs can do: OpenAPI, one catalogue of errors, idempotency keys, entity tags, pages and cursors.',
  },
  {
    icon: Webhook,
    title: 'Events for your other systems',
    text: 'Each fact once, in order, on your own EventBridge bus: documented, versioned and replayable from the archive.',
  },
] as const;

const facts = [
  ['Your account', 'The company’s data stays in the company’s AWS account. There is no other place.'],
  ['No servers', 'Functions, tables and queues that cost almost nothing while nobody is there.'],
  ['Whole as code', 'Every resource is defined in one repository and checked before it is deployed.'],
  ['The same at home', 'One command runs the whole platform on a laptop, without an account and without Docker.'],
] as const;

export default function HomePage() {
  return (
    <main id="main" tabIndex={-1} className="flex-1 outline-none">
      <section className="mx-auto flex w-full max-w-6xl flex-col items-center px-5 pt-14 text-center sm:px-8 sm:pt-24">
        <h1 className="max-w-3xl text-4xl font-semibold text-balance sm:text-5xl">
          Run your business on a platform that is yours
        </h1>
        <p className="mt-5 max-w-2xl text-xl text-pretty text-muted">
          Products, orders, people and figures in one calm place. Mewayz is serverless and lives in your own AWS
          account: nothing to patch, and almost nothing to pay while nobody is there.
        </p>
        <div className="mt-8 flex flex-wrap justify-center gap-3">
          <a href="/register" className={buttonLook({ variant: 'primary', size: 'lg' })}>
            Create your account
          </a>
          <a href="/sign-in" className={buttonLook({ size: 'lg' })}>
            Sign in
          </a>
        </div>
        <div className="mt-14 w-full max-w-5xl text-start sm:mt-20">
          <DashboardFigure />
        </div>
      </section>

      <section aria-labelledby="features" className="mx-auto w-full max-w-6xl px-5 pt-24 sm:px-8 sm:pt-32">
        <h2 id="features" className="max-w-xl text-3xl font-semibold text-balance">
          What a day of selling needs, done exactly
        </h2>
        <ul className="mt-10 grid gap-x-10 gap-y-9 sm:grid-cols-2 lg:grid-cols-3">
          {features.map(({ icon: Icon, title: name, text }) => (
            <li key={name} className="flex flex-col gap-2">
              <Icon aria-hidden className="size-5 text-accent" strokeWidth={1.75} />
              <h3 className="mt-1 text-lg font-semibold">{name}</h3>
              <p className="text-lg text-pretty text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="yours" className="mx-auto w-full max-w-6xl px-5 py-24 sm:px-8 sm:py-32">
        <div className="rounded-xl border bg-surface px-6 py-10 sm:px-12 sm:py-14">
          <div className="grid gap-10 lg:grid-cols-[1fr_1.6fr] lg:gap-16">
            <div className="flex flex-col items-start gap-3">
              <CloudCog aria-hidden className="size-6 text-accent" strokeWidth={1.75} />
              <h2 id="yours" className="text-3xl font-semibold text-balance">
                Yours, down to the last resource
              </h2>
              <p className="text-lg text-pretty text-muted">
                Deployed with the AWS CDK, previewed with SST, and open to read: you can see what every part may do.
              </p>
              <a
                href="/api/v1/docs"
                className="mt-1 rounded-sm text-lg font-medium text-accent underline decoration-accent-line underline-offset-4 hover:decoration-current"
              >
                Read the API documentation
              </a>
            </div>
            <dl className="grid gap-x-10 gap-y-7 sm:grid-cols-2">
              {facts.map(([name, text]) => (
                <div key={name} className="flex flex-col gap-1">
                  <dt className="text-lg font-semibold">{name}</dt>
                  <dd className="text-lg text-pretty text-muted">{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        </div>
      </section>
    </main>
  );
}
