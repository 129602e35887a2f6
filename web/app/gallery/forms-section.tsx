'use client';

import { Search } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from '../../components/ui/checkbox';
import { Combobox, type ComboboxOption } from '../../components/ui/combobox';
import { DateRange, type Range } from '../../components/ui/date-range';
import { Field } from '../../components/ui/field';
import { FileDrop, FileItem } from '../../components/ui/file-drop';
import { Input } from '../../components/ui/input';
import { MoneyInput } from '../../components/ui/money-input';
import { NumberInput } from '../../components/ui/number-input';
import { PasswordInput } from '../../components/ui/password-input';
import { RadioGroup } from '../../components/ui/radio-group';
import { Select } from '../../components/ui/select';
import { Switch } from '../../components/ui/switch';
import { Textarea } from '../../components/ui/textarea';
import { GallerySection, Row, Specimen, Stack } from './specimen';

const products: ComboboxOption[] = [
  { value: 'prd_1', label: 'White hanging heart T-light holder', hint: '85123A', trailing: '£2.55' },
  { value: 'prd_2', label: 'Regency cakestand 3 tier', hint: '22423', trailing: '£12.75' },
  { value: 'prd_3', label: 'Jumbo bag red retrospot', hint: '85099B', trailing: '£1.95' },
  { value: 'prd_4', label: 'Party bunting', hint: '47566', trailing: '£4.95' },
  { value: 'prd_5', label: 'Assorted colour bird ornament', hint: '84879', trailing: '£1.69', disabled: true },
  { value: 'prd_6', label: 'Lunch bag red retrospot', hint: '20725', trailing: '£1.65' },
];
const categories: ComboboxOption[] = ['Home', 'Kitchen', 'Garden', 'Toys', 'Stationery'].map((label) => ({
  value: label.toLowerCase(),
  label,
}));

async function searchProducts(search: string, signal: AbortSignal): Promise<ComboboxOption[]> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  signal.throwIfAborted();
  return products.filter((product) => product.label.toLowerCase().includes(search.toLowerCase()));
}

export function FormsSection() {
  const [product, setProduct] = useState<ComboboxOption | null>(null);
  const [category, setCategory] = useState<ComboboxOption | null>(categories[1] ?? null);
  const [period, setPeriod] = useState<Range | null>({ from: '2026-11-01', to: '2026-11-21' });
  const [anyTime, setAnyTime] = useState<Range | null>(null);
  const [refused, setRefused] = useState<string>();
  return (
    <GallerySection id="forms" title="Forms">
      <Specimen title="Field and input">
        <Stack>
          <Field label="Name" required>
            <Input defaultValue="Ada Lovelace" autoComplete="name" />
          </Field>
          <Field label="E-mail" hint="We send a code there." aside={<a href="#forms">Why?</a>}>
            <Input type="email" placeholder="ada@example.com" autoComplete="email" />
          </Field>
          <Field label="User name" error="It is taken. Try another one.">
            <Input defaultValue="ada" />
          </Field>
          <Field label="Company" optional>
            <Input disabled defaultValue="Analytical Engines" />
          </Field>
          <Field label="Search" hideLabel>
            <Input type="search" leading={<Search aria-hidden />} placeholder="Search products" />
          </Field>
        </Stack>
      </Specimen>
      <Specimen title="Kinds of input">
        <Stack>
          <Field label="Password" hint="8 characters or more.">
            <PasswordInput autoComplete="new-password" defaultValue="Demo-Passw0rd!" />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Stock">
              <NumberInput min={0} defaultValue={24} unit="pcs" />
            </Field>
            <Field label="Price">
              <MoneyInput currency="GBP" defaultValue="12.50" />
            </Field>
            <Field label="Refund" error="It is more than was paid.">
              <MoneyInput currency="GBP" defaultValue="99.00" />
            </Field>
            <Field label="Quantity">
              <NumberInput disabled defaultValue={3} />
            </Field>
          </div>
          <Field label="Description" optional aside="0 of 2,000">
            <Textarea placeholder="What makes it special?" />
          </Field>
          <Row>
            <Input aria-label="Small" controlSize="sm" placeholder="Small" className="max-w-36" />
            <Input aria-label="Read only" readOnly defaultValue="Read only" className="max-w-36" />
          </Row>
        </Stack>
      </Specimen>
      <Specimen title="Select and combobox">
        <Stack>
          <Field label="Status">
            <Select
              defaultValue="draft"
              options={[
                { value: 'draft', label: 'Draft' },
                { value: 'published', label: 'Published' },
                { value: 'archived', label: 'Archived' },
              ]}
            />
          </Field>
          <Field label="Country" error="Choose a country.">
            <Select defaultValue="" placeholder="Choose one" options={[{ value: 'gb', label: 'United Kingdom' }]} />
          </Field>
          <Field label="Product" hint="Asks as you type.">
            <Combobox
              value={product}
              onChange={setProduct}
              load={searchProducts}
              placeholder="Search products"
              clearable
            />
          </Field>
          <Field label="Category">
            <Combobox value={category} onChange={setCategory} options={categories} clearable />
          </Field>
          <Field label="Seller">
            <Combobox value={null} onChange={() => {}} options={[]} disabled placeholder="House" />
          </Field>
        </Stack>
      </Specimen>
      <Specimen title="Choices">
        <Stack>
          <Field label="Rights" group>
            <Checkbox label="Read orders" defaultChecked />
            <Checkbox label="Write orders" hint="Place, cancel and refund." />
            <Checkbox label="All" indeterminate />
            <Checkbox label="Not yours to give" disabled />
          </Field>
          <Field label="Terms" hideLabel error="You need to accept the terms.">
            <Checkbox label="I accept the terms" />
          </Field>
          <Switch label="Track stock" hint="Orders take from it, and never more than there is." defaultChecked />
          <Switch label="Newsletter" />
          <Switch label="Locked" disabled defaultChecked />
        </Stack>
      </Specimen>
      <Specimen title="Radio group">
        <Stack>
          <Field label="Delivery" group>
            <RadioGroup
              defaultValue="post"
              options={[
                { value: 'post', label: 'By post', hint: '2 to 4 days' },
                { value: 'pickup', label: 'Pick-up' },
                { value: 'drone', label: 'By drone', disabled: true },
              ]}
            />
          </Field>
          <Field label="Plan" group>
            <RadioGroup
              cards
              defaultValue="pro"
              options={[
                { value: 'free', label: 'Free', hint: '1 API key' },
                { value: 'pro', label: 'Pro', hint: '10 API keys' },
                { value: 'enterprise', label: 'Enterprise', hint: '100 API keys' },
              ]}
            />
          </Field>
        </Stack>
      </Specimen>
      <Specimen title="Dates and files">
        <Stack>
          <Row>
            <DateRange label="Period" value={period} onChange={setPeriod} max="2026-12-31" />
            <DateRange label="Created" value={anyTime} onChange={setAnyTime} none="Any time" size="sm" />
          </Row>
          <Field label="Import" error={refused}>
            <FileDrop
              accept=".csv,text/csv"
              maxBytes={5_000_000}
              hint="CSV, up to 5 MB"
              onFiles={(_files, [first]) => setRefused(first?.reason)}
            />
          </Field>
          <FileItem name="products-2026-11.csv" bytes={1_430_000} progress={64} onRemove={() => {}} />
          <FileItem name="notes.pdf" bytes={84_000} error="This kind of file is not accepted." onRemove={() => {}} />
        </Stack>
      </Specimen>
    </GallerySection>
  );
}
