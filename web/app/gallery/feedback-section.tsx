'use client';

import { PackageOpen, Plus } from 'lucide-react';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { ButtonLink } from '../../components/ui/button-link';
import { EmptyState } from '../../components/ui/empty-state';
import { ErrorState } from '../../components/ui/error-state';
import { Progress } from '../../components/ui/progress';
import { Skeleton, SkeletonText } from '../../components/ui/skeleton';
import { Spinner } from '../../components/ui/spinner';
import { GallerySection, Row, Specimen, Stack } from './specimen';

export function FeedbackSection() {
  return (
    <GallerySection id="feedback" title="Feedback">
      <Specimen title="Alert">
        <Stack>
          <Alert title="Prices include VAT" onDismiss={() => {}}>
            What customers see is what they pay.
          </Alert>
          <Alert tone="good" title="Your e-mail is confirmed" />
          <Alert tone="warn" title="3 products are almost gone" action={<Button size="sm">See them</Button>}>
            They stay for sale until the last one.
          </Alert>
          <Alert tone="bad" title="The order was not placed">
            Party bunting: 3 are left, and 5 were asked for.
          </Alert>
        </Stack>
      </Specimen>
      <Specimen title="Banner, progress, spinner" flush>
        <Alert
          banner
          tone="warn"
          title="You are offline."
          action={
            <ButtonLink variant="link" href="/gallery">
              Retry
            </ButtonLink>
          }
        >
          What you typed is kept.
        </Alert>
        <Alert banner tone="info" title="A new version is here." onDismiss={() => {}} />
        <div className="flex flex-col gap-4 p-4">
          <Progress label="Import" value={64} />
          <Progress label="Space used" value={92} tone="warn" />
          <Progress label="Done" value={100} tone="good" />
          <Progress label="Working" />
          <Row>
            <Spinner label="Loading" />
            <span className="text-muted">Loading orders…</span>
          </Row>
        </div>
      </Specimen>
      <Specimen title="Empty state">
        <EmptyState
          icon={<PackageOpen />}
          title="No products yet"
          description="Products that you add are listed here, with their stock and what they sell."
          action={
            <Button variant="primary" icon={<Plus aria-hidden />}>
              New product
            </Button>
          }
        />
      </Specimen>
      <Specimen title="Error state">
        <ErrorState onRetry={() => {}} requestId="req_01KA8Q2V7M3TZ" />
      </Specimen>
      <Specimen title="Skeleton" wide>
        <div className="flex items-center gap-3">
          <Skeleton round className="size-10" />
          <div className="flex-1">
            <SkeletonText lines={3} />
          </div>
        </div>
      </Specimen>
    </GallerySection>
  );
}
