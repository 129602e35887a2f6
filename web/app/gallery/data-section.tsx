'use client';

import { CircleCheck, CreditCard, PackageCheck, ShoppingBag, Truck } from 'lucide-react';
import { useState } from 'react';
import { BarChart } from '../../components/charts/bar-chart';
import { LineChart, type LinePoint } from '../../components/charts/line-chart';
import { Sparkline } from '../../components/charts/sparkline';
import { Avatar } from '../../components/ui/avatar';
import { Badge } from '../../components/ui/badge';
import { Button } from '../../components/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '../../components/ui/card';
import { Checkbox } from '../../components/ui/checkbox';
import { CodeBlock } from '../../components/ui/code-block';
import { KeyValue } from '../../components/ui/key-value';
import { Skeleton } from '../../components/ui/skeleton';
import { Stat } from '../../components/ui/stat';
import { OrderStatusBadge, ProductStatusBadge, StockBadge, UserStatusBadge } from '../../components/ui/status-badge';
import { type SortDirection, Table, TableFrame, TBody, TD, TFoot, TH, THead, TRow } from '../../components/ui/table';
import { Timeline } from '../../components/ui/timeline';
import { GallerySection, Row, Specimen, Stack } from './specimen';

const orders = [
  { number: '1042', customer: 'Ada Lovelace', status: 'pending', items: 2, total: 25.5 },
  { number: '1041', customer: 'Grace Hopper', status: 'paid', items: 12, total: 1284 },
  { number: '1040', customer: 'Edsger Dijkstra', status: 'shipped', items: 1, total: 4.95 },
  { number: '1039', customer: 'Barbara Liskov', status: 'delivered', items: 6, total: 310.2 },
  { number: '1038', customer: 'Donald Knuth', status: 'cancelled', items: 3, total: 59.97 },
] as const;

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const shortPounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', notation: 'compact' });

const points: LinePoint[] = Array.from({ length: 21 }, (_, day) => ({
  key: String(day),
  label: `${day + 1} Nov`,
  value: Math.round(2400 + 900 * Math.sin(day / 2.4) + day * 85 + ((day * 7919) % 400)),
  before: Math.round(2100 + 700 * Math.sin(day / 2.1 + 1) + day * 40 + ((day * 104729) % 300)),
}));
const bars = [
  { key: '1', label: 'Regency cakestand', value: 4210 },
  { key: '2', label: 'Heart T-light holder', value: 3180 },
  { key: '3', label: 'Party bunting', value: 2475 },
  { key: '4', label: 'Jumbo bag', value: 1920 },
  { key: '5', label: 'Bird ornament', value: 1105 },
];

export default function DataSection() {
  const [selected, setSelected] = useState<string[]>(['1041']);
  const [sort, setSort] = useState<SortDirection>('desc');
  const sorted = sort === 'desc' ? orders : [...orders].reverse();
  return (
    <GallerySection id="data" title="Data">
      <Specimen title="Stat" wide flush>
        <div className="grid divide-y sm:grid-cols-2 sm:divide-y-0 lg:grid-cols-4 lg:divide-x">
          <Stat
            label="Revenue"
            value="£48,204.10"
            change={0.124}
            compared="against last week"
            trend={points.map((point) => point.value)}
          />
          <Stat label="Orders" value="1,284" change={-0.032} compared="against last week" />
          <Stat label="Refunds" value="12" change={0.2} better="down" compared="against last week" />
          <Stat label="New users" />
        </div>
      </Specimen>
      <Specimen title="Line chart: area, and the period before">
        <LineChart
          label="Revenue by day"
          points={points}
          names={{ value: 'This period', before: 'The period before' }}
          format={(value) => pounds.format(value)}
          axisFormat={(value) => shortPounds.format(value)}
        />
      </Specimen>
      <Specimen title="Bar chart: rows">
        <BarChart
          label="Top products by revenue"
          bars={bars}
          name="Revenue"
          layout="rows"
          format={(value) => pounds.format(value)}
          axisFormat={(value) => shortPounds.format(value)}
        />
      </Specimen>
      <Specimen title="Line chart: line">
        <LineChart
          label="Orders by day"
          kind="line"
          height="sm"
          points={points.map(({ key, label, value }) => ({ key, label, value: Math.round(value / 40) }))}
          names={{ value: 'Orders' }}
          format={(value) => String(value)}
        />
      </Specimen>
      <Specimen title="Bar chart: columns">
        <BarChart
          label="Orders by weekday"
          height="sm"
          bars={['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((label, index) => ({
            key: label,
            label,
            value: 20 + ((index * 37) % 50),
          }))}
          name="Orders"
          format={(value) => String(value)}
        />
      </Specimen>
      <Specimen title="Chart: loading">
        <LineChart label="Loading chart" height="sm" loading points={[]} names={{ value: 'Orders' }} format={String} />
      </Specimen>
      <Specimen title="Chart: empty, sparklines">
        <LineChart label="Empty chart" height="sm" points={[]} names={{ value: 'Orders' }} format={String} />
        <Row>
          <Sparkline values={[3, 5, 4, 8, 7, 10, 9, 12]} className="h-8 w-24 text-good" />
          <Sparkline values={[12, 11, 9, 10, 7, 6, 6, 3]} className="h-8 w-24 text-bad" />
          <Sparkline values={[5, 5, 5, 5]} className="h-8 w-24 text-subtle" />
        </Row>
      </Specimen>
      <Specimen title="Table" wide flush>
        <TableFrame label="Orders" className="max-h-72">
          <Table>
            <THead>
              <TRow>
                <TH className="w-8">
                  <Checkbox
                    aria-label="Select all"
                    checked={selected.length === orders.length}
                    indeterminate={selected.length > 0 && selected.length < orders.length}
                    onChange={(event) => setSelected(event.target.checked ? orders.map((order) => order.number) : [])}
                  />
                </TH>
                <TH onSort={() => setSort(sort === 'asc' ? 'desc' : 'asc')} sorted={sort}>
                  Order
                </TH>
                <TH onSort={() => {}}>Customer</TH>
                <TH>Status</TH>
                <TH align="end">Items</TH>
                <TH align="end" onSort={() => {}}>
                  Total
                </TH>
              </TRow>
            </THead>
            <TBody>
              {sorted.map((order) => (
                <TRow key={order.number} selected={selected.includes(order.number)} interactive>
                  <TD>
                    <Checkbox
                      aria-label={`Select order ${order.number}`}
                      checked={selected.includes(order.number)}
                      onChange={(event) =>
                        setSelected(
                          event.target.checked
                            ? [...selected, order.number]
                            : selected.filter((each) => each !== order.number),
                        )
                      }
                    />
                  </TD>
                  <TD className="font-medium">#{order.number}</TD>
                  <TD>
                    <span className="flex items-center gap-2">
                      <Avatar name={order.customer} size="sm" />
                      <span className="truncate">{order.customer}</span>
                    </span>
                  </TD>
                  <TD>
                    <OrderStatusBadge status={order.status} />
                  </TD>
                  <TD align="end" quiet>
                    {order.items}
                  </TD>
                  <TD align="end">{pounds.format(order.total)}</TD>
                </TRow>
              ))}
              <TRow>
                <TD>
                  <Skeleton className="size-4" />
                </TD>
                <TD>
                  <Skeleton className="h-3.5 w-12" />
                </TD>
                <TD>
                  <span className="flex items-center gap-2">
                    <Skeleton round className="size-6" />
                    <Skeleton className="h-3.5 w-28" />
                  </span>
                </TD>
                <TD>
                  <Skeleton className="h-5 w-20" />
                </TD>
                <TD align="end">
                  <Skeleton className="ms-auto h-3.5 w-4" />
                </TD>
                <TD align="end">
                  <Skeleton className="ms-auto h-3.5 w-16" />
                </TD>
              </TRow>
            </TBody>
            <TFoot>
              <TRow>
                <TD colSpan={5}>Total</TD>
                <TD align="end">{pounds.format(1684.62)}</TD>
              </TRow>
            </TFoot>
          </Table>
        </TableFrame>
      </Specimen>
      <Specimen title="Badge and states">
        <Stack>
          <Row>
            <Badge>Neutral</Badge>
            <Badge tone="accent">Accent</Badge>
            <Badge tone="good" dot>
              Good
            </Badge>
            <Badge tone="warn" dot>
              Warn
            </Badge>
            <Badge tone="bad" dot>
              Bad
            </Badge>
            <Badge tone="info">Info</Badge>
          </Row>
          <Row>
            {(['pending', 'paid', 'fulfilled', 'shipped', 'delivered', 'cancelled', 'refunded'] as const).map(
              (status) => (
                <OrderStatusBadge key={status} status={status} />
              ),
            )}
          </Row>
          <Row>
            {(['draft', 'published', 'archived'] as const).map((status) => (
              <ProductStatusBadge key={status} status={status} />
            ))}
            {(['in_stock', 'low_stock', 'out_of_stock'] as const).map((state) => (
              <StockBadge key={state} state={state} />
            ))}
          </Row>
          <Row>
            {(['active', 'suspended', 'pending', 'inactive'] as const).map((status) => (
              <UserStatusBadge key={status} status={status} />
            ))}
          </Row>
          <Row>
            {['Ada Lovelace', 'Grace Hopper', 'edsger@dijkstra.nl', 'Barbara Liskov', 'Mewayz'].map((name) => (
              <Avatar key={name} name={name} named />
            ))}
            <Avatar name="Ada Lovelace" size="sm" named />
            <Avatar name="Ada Lovelace" size="lg" named />
          </Row>
        </Stack>
      </Specimen>
      <Specimen title="Timeline">
        <Timeline
          entries={[
            {
              id: '1',
              title: 'Placed',
              time: '09:30',
              at: '2026-11-21T09:30:00Z',
              description: 'By Ada Lovelace',
              icon: <ShoppingBag />,
            },
            { id: '2', title: 'Paid', time: '09:32', at: '2026-11-21T09:32:00Z', icon: <CreditCard />, tone: 'accent' },
            {
              id: '3',
              title: 'Fulfilled',
              time: '14:05',
              at: '2026-11-21T14:05:00Z',
              icon: <PackageCheck />,
              tone: 'info',
              description: 'Packed in London. Tracking follows.',
            },
            { id: '4', title: 'Shipped', time: 'expected today', at: '2026-11-21', icon: <Truck />, ahead: true },
            {
              id: '5',
              title: 'Delivered',
              time: 'expected 24 Nov',
              at: '2026-11-24',
              icon: <CircleCheck />,
              ahead: true,
            },
          ]}
        />
      </Specimen>
      <Specimen title="Card">
        <Card aria-labelledby="card-title">
          <CardHeader
            titleId="card-title"
            level={4}
            title="Latest orders"
            description="The last 24 hours"
            actions={<Button size="sm">View all</Button>}
          />
          <CardBody>
            <p className="text-muted">A card holds one subject. Tables and lists go to its edges.</p>
          </CardBody>
          <CardFooter>
            <Button size="sm">Cancel</Button>
            <Button size="sm" variant="primary">
              Save
            </Button>
          </CardFooter>
        </Card>
      </Specimen>
      <Specimen title="Key-value list">
        <Stack>
          <KeyValue
            items={[
              { label: 'Order', value: 'ord_01KA8Q2V7M3TZ', copy: 'ord_01KA8Q2V7M3TZ' },
              { label: 'Status', value: <OrderStatusBadge status="paid" /> },
              { label: 'Placed', value: '21 Nov 2026, 09:30' },
              { label: 'Note', value: null },
            ]}
          />
          <KeyValue
            layout="columns"
            items={[
              { label: 'Subtotal', value: '£22.00' },
              { label: 'Discount', value: '−£2.00' },
              { label: 'Total', value: '£20.00' },
            ]}
          />
        </Stack>
      </Specimen>
      <Specimen title="Code block" wide>
        <CodeBlock
          label="curl"
          code={
            'curl -H \'X-Api-Key: …\' \\\n  -H \'Idempotency-Key: 4f8c1c0e\' \\\n  -d \'{"lines":[{"productId":"prd_01KA8Q","quantity":2}]}\' \\\n  https://api.example.com/v1/orders'
          }
        />
      </Specimen>
    </GallerySection>
  );
}
