import { LayoutDashboard, Package, ReceiptText, Settings, Users } from 'lucide-react';
import { Logo } from '../shell/logo';
import { OrderStatusBadge } from '../ui/status-badge';

/** Thirty days of the demo shop, in pounds. */
const revenue = [
  412, 380, 455, 520, 498, 310, 290, 540, 575, 560, 610, 588, 402, 371, 640, 655, 702, 688, 730, 498, 455, 742, 770,
  801, 765, 820, 590, 548, 866, 912,
];
const WIDTH = 600;
const HEIGHT = 150;
const PEAK = 1_000;
const points = revenue.map((value, i) => [
  Math.round((i / (revenue.length - 1)) * WIDTH),
  Math.round(HEIGHT - (value / PEAK) * HEIGHT),
]);
const line = `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`;

const navigation = [
  [LayoutDashboard, 'Dashboard'],
  [Package, 'Products'],
  [ReceiptText, 'Orders'],
  [Users, 'Users'],
  [Settings, 'Settings'],
] as const;
const figures = [
  ['Revenue', '£17,593', '+18.4%'],
  ['Orders', '486', '+12.1%'],
  ['Average order', '£36.20', '+5.6%'],
] as const;
const orders = [
  ['MW-7Q2K9-4XW1B', 'White hanging heart T-light holder × 12', '£30.60', 'pending'],
  ['MW-7Q2JX-R81MC', 'Regency cakestand 3 tier × 2', '£25.50', 'pending'],
  ['MW-7Q2HT-ZK05P', 'Jumbo bag red retrospot × 10', '£20.80', 'cancelled'],
  ['MW-7Q2GD-3FNV7', 'Party bunting × 4', '£19.80', 'pending'],
] as const;

/** The dashboard as it is, drawn with its own parts: no picture to load, sharp at any size, light and dark like the page. */
export function DashboardFigure() {
  return (
    <figure className="min-w-0">
      <div
        role="img"
        aria-label="The dashboard of a shop on Mewayz: revenue, orders and average order with their change, revenue over thirty days, and the latest orders."
        className="overflow-hidden rounded-xl border border-line-strong bg-canvas shadow-modal select-none"
      >
        <div aria-hidden className="flex min-h-0">
          <div className="hidden w-44 shrink-0 flex-col gap-0.5 border-e p-3 md:flex">
            <span className="flex items-center gap-2 px-2 pt-0.5 pb-4 font-semibold">
              <Logo className="size-5" />
              Mewayz
            </span>
            {navigation.map(([Icon, label], i) => (
              <span
                key={label}
                className={`flex h-8 items-center gap-2.5 rounded-md px-2 text-sm ${i === 0 ? 'bg-pressed font-medium' : 'text-muted'}`}
              >
                <Icon className={`size-4 ${i === 0 ? 'text-accent' : ''}`} strokeWidth={1.75} />
                {label}
              </span>
            ))}
          </div>
          <div className="flex min-w-0 flex-1 flex-col gap-4 p-4 sm:p-6">
            <span className="flex items-baseline justify-between gap-4">
              <span className="text-xl font-semibold">Dashboard</span>
              <span className="text-sm text-subtle">Last 30 days</span>
            </span>
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
              {figures.map(([label, value, change], i) => (
                <span
                  key={label}
                  className={`flex flex-col gap-1 rounded-lg border bg-surface px-4 py-3 ${i === 2 ? 'max-sm:hidden' : ''}`}
                >
                  <span className="text-sm text-muted">{label}</span>
                  <span className="numeric text-2xl font-semibold">{value}</span>
                  <span className="numeric text-xs text-good">{change}</span>
                </span>
              ))}
            </div>
            <div className="rounded-lg border bg-surface p-4">
              <span className="text-sm font-medium">Revenue over time</span>
              <svg
                viewBox={`0 -6 ${WIDTH} ${HEIGHT + 8}`}
                preserveAspectRatio="none"
                className="mt-3 h-28 w-full sm:h-36"
                aria-hidden="true"
              >
                {[0, 0.5, 1].map((share) => (
                  <line
                    key={share}
                    x1="0"
                    x2={WIDTH}
                    y1={HEIGHT * share}
                    y2={HEIGHT * share}
                    className="stroke-line"
                    vectorEffect="non-scaling-stroke"
                  />
                ))}
                <path d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} className="fill-series-1/10" />
                <path
                  d={line}
                  fill="none"
                  className="stroke-series-1"
                  strokeWidth="2"
                  strokeLinejoin="round"
                  vectorEffect="non-scaling-stroke"
                />
              </svg>
            </div>
            <div className="overflow-hidden rounded-lg border bg-surface">
              <span className="block px-4 pt-3 pb-2 text-sm font-medium">Latest orders</span>
              {orders.map(([number, what, total, status]) => (
                <span key={number} className="flex items-center gap-4 border-t px-4 py-2 text-sm">
                  <span className="numeric shrink-0 font-mono text-xs text-muted max-sm:hidden">{number}</span>
                  <span className="min-w-0 flex-1 truncate">{what}</span>
                  <span className="numeric shrink-0">{total}</span>
                  <span className="flex w-26 shrink-0 justify-end">
                    <OrderStatusBadge status={status} />
                  </span>
                </span>
              ))}
            </div>
          </div>
        </div>
      </div>
    </figure>
  );
}
