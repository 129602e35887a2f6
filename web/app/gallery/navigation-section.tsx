'use client';

import { useState } from 'react';
import { Breadcrumbs } from '../../components/ui/breadcrumbs';
import { Button } from '../../components/ui/button';
import { Pagination } from '../../components/ui/pagination';
import { Stepper } from '../../components/ui/stepper';
import { TabLinks, Tabs } from '../../components/ui/tabs';
import { GallerySection, Row, Specimen, Stack } from './specimen';

export function NavigationSection() {
  const [page, setPage] = useState(3);
  const [limit, setLimit] = useState(25);
  const [step, setStep] = useState(1);
  return (
    <GallerySection id="navigation" title="Navigation">
      <Specimen title="Tabs">
        <Tabs
          label="Order"
          tabs={[
            { value: 'lines', label: 'Lines', count: 3, content: <p className="text-muted">Three lines.</p> },
            { value: 'timeline', label: 'Timeline', content: <p className="text-muted">What happened.</p> },
            { value: 'notes', label: 'Notes', count: 0, content: <p className="text-muted">Nothing noted.</p> },
            { value: 'invoice', label: 'Invoice', disabled: true, content: null },
          ]}
        />
      </Specimen>
      <Specimen title="Tab links, breadcrumbs">
        <Stack>
          <TabLinks
            label="Settings"
            currentHref="/gallery"
            tabs={[
              { href: '/gallery', label: 'Profile' },
              { href: '/gallery#navigation', label: 'Security' },
              { href: '/gallery#feedback', label: 'Notifications', count: 2 },
            ]}
          />
          <Breadcrumbs items={[{ label: 'Products', href: '/gallery' }, { label: 'Regency cakestand 3 tier' }]} />
          <Breadcrumbs
            label="Longer breadcrumb"
            items={[
              { label: 'Customers', href: '/gallery' },
              { label: 'Ada Lovelace', href: '/gallery#data' },
              { label: 'Order #1042' },
            ]}
          />
        </Stack>
      </Specimen>
      <Specimen title="Pagination" wide>
        <Stack>
          <Pagination
            page={page}
            pages={400}
            limit={limit}
            total={10_000}
            more
            noun="products"
            onPage={setPage}
            onLimit={setLimit}
          />
          <Pagination page={1} pages={1} limit={25} total={0} onPage={() => {}} />
        </Stack>
      </Specimen>
      <Specimen title="Stepper" wide>
        <Stack>
          <Stepper
            label="New order"
            current={step}
            steps={[
              { label: 'Products', hint: '2 chosen' },
              { label: 'Customer' },
              { label: 'Delivery' },
              { label: 'Review' },
            ]}
          />
          <Row>
            <Button size="sm" disabled={step === 0} onClick={() => setStep(step - 1)}>
              Back
            </Button>
            <Button size="sm" variant="primary" disabled={step === 4} onClick={() => setStep(step + 1)}>
              Continue
            </Button>
          </Row>
        </Stack>
      </Specimen>
    </GallerySection>
  );
}
