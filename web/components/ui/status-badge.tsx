import {
  Archive,
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  Clock,
  CreditCard,
  type LucideIcon,
  PackageCheck,
  TriangleAlert,
  Truck,
  Undo2,
} from 'lucide-react';
import { Badge, type Tone } from './badge';

interface Look {
  tone: Tone;
  label: string;
  Icon: LucideIcon;
}

const orders: Record<'pending' | 'paid' | 'fulfilled' | 'shipped' | 'delivered' | 'cancelled' | 'refunded', Look> = {
  pending: { tone: 'warn', label: 'Pending', Icon: Clock },
  paid: { tone: 'accent', label: 'Paid', Icon: CreditCard },
  fulfilled: { tone: 'info', label: 'Fulfilled', Icon: PackageCheck },
  shipped: { tone: 'info', label: 'Shipped', Icon: Truck },
  delivered: { tone: 'good', label: 'Delivered', Icon: CircleCheck },
  cancelled: { tone: 'neutral', label: 'Cancelled', Icon: CircleX },
  refunded: { tone: 'neutral', label: 'Refunded', Icon: Undo2 },
};
const products: Record<'draft' | 'published' | 'archived', Look> = {
  draft: { tone: 'neutral', label: 'Draft', Icon: CircleDashed },
  published: { tone: 'good', label: 'Published', Icon: CircleCheck },
  archived: { tone: 'neutral', label: 'Archived', Icon: Archive },
};
const stocks: Record<'in_stock' | 'low_stock' | 'out_of_stock', Look> = {
  in_stock: { tone: 'good', label: 'In stock', Icon: CircleCheck },
  low_stock: { tone: 'warn', label: 'Low stock', Icon: TriangleAlert },
  out_of_stock: { tone: 'bad', label: 'Out of stock', Icon: CircleX },
};
const users: Record<'active' | 'suspended' | 'pending' | 'inactive', Look> = {
  active: { tone: 'good', label: 'Active', Icon: CircleDot },
  suspended: { tone: 'bad', label: 'Suspended', Icon: Ban },
  pending: { tone: 'warn', label: 'Pending', Icon: Clock },
  inactive: { tone: 'neutral', label: 'Inactive', Icon: CircleDashed },
};

function StatusBadge({ look: { tone, label, Icon } }: { look: Look }) {
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}

/** The state of an order. */
export function OrderStatusBadge({ status }: { status: keyof typeof orders }) {
  return <StatusBadge look={orders[status]} />;
}
/** Whether a product is for sale. */
export function ProductStatusBadge({ status }: { status: keyof typeof products }) {
  return <StatusBadge look={products[status]} />;
}
/** How much of a product is left. */
export function StockBadge({ state }: { state: keyof typeof stocks }) {
  return <StatusBadge look={stocks[state]} />;
}
/** Whether a user may sign in. */
export function UserStatusBadge({ status }: { status: keyof typeof users }) {
  return <StatusBadge look={users[status]} />;
}
