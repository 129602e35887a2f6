'use client';

import { ArrowRight, Download, Ellipsis, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/ui/button';
import { ButtonLink } from '../../components/ui/button-link';
import { CopyButton } from '../../components/ui/copy-button';
import { IconButton } from '../../components/ui/icon-button';
import { Kbd } from '../../components/ui/kbd';
import { Segmented } from '../../components/ui/segmented';
import { GallerySection, Row, Specimen, Stack } from './specimen';

export function ActionsSection() {
  const [granularity, setGranularity] = useState<'day' | 'week' | 'month'>('day');
  const [loading, setLoading] = useState(false);
  return (
    <GallerySection id="actions" title="Actions">
      <Specimen title="Button: variants">
        <Stack>
          <Row>
            <Button variant="primary">Save product</Button>
            <Button>Secondary</Button>
            <Button variant="ghost">Ghost</Button>
            <Button variant="danger">Delete</Button>
            <Button variant="danger-ghost">Remove</Button>
            <Button variant="link">A link</Button>
          </Row>
          <Row>
            <Button variant="primary" disabled>
              Disabled
            </Button>
            <Button disabled>Disabled</Button>
            <Button variant="ghost" disabled>
              Disabled
            </Button>
            <Button variant="danger" disabled>
              Disabled
            </Button>
          </Row>
        </Stack>
      </Specimen>
      <Specimen title="Button: sizes, icons, loading, link">
        <Stack>
          <Row>
            <Button size="sm">Small</Button>
            <Button size="md">Medium</Button>
            <Button size="lg">Large</Button>
          </Row>
          <Row>
            <Button variant="primary" icon={<Plus aria-hidden />}>
              New order
            </Button>
            <Button icon={<Download aria-hidden />}>Export</Button>
            <ButtonLink href="/gallery" trailing={<ArrowRight aria-hidden />}>
              As a link
            </ButtonLink>
          </Row>
          <Row>
            <Button variant="primary" loading>
              Saving
            </Button>
            <Button loading icon={<Download aria-hidden />}>
              Exporting
            </Button>
            <Button
              loading={loading}
              icon={<RefreshCw aria-hidden />}
              onClick={() => {
                setLoading(true);
                setTimeout(() => setLoading(false), 1500);
              }}
            >
              Press me
            </Button>
          </Row>
        </Stack>
      </Specimen>
      <Specimen title="Icon button, copy button">
        <Row>
          <IconButton label="Edit" icon={<Pencil aria-hidden />} />
          <IconButton label="More actions" variant="secondary" icon={<Ellipsis aria-hidden />} />
          <IconButton label="Delete" variant="danger-ghost" icon={<Trash2 aria-hidden />} />
          <IconButton label="Refresh" size="sm" icon={<RefreshCw aria-hidden />} />
          <IconButton label="Refreshing" loading icon={<RefreshCw aria-hidden />} />
          <IconButton label="Edit, disabled" disabled icon={<Pencil aria-hidden />} />
          <CopyButton value="ord_01KA8Q2V7M3TZ" label="Copy order id" />
        </Row>
      </Specimen>
      <Specimen title="Segmented, keys">
        <Row>
          <Segmented
            label="Granularity"
            value={granularity}
            onChange={setGranularity}
            options={[
              { value: 'day', label: 'Day' },
              { value: 'week', label: 'Week' },
              { value: 'month', label: 'Month' },
            ]}
          />
          <Kbd keys={['⌘', 'K']} />
          <Kbd keys={['Esc']} />
        </Row>
      </Specimen>
    </GallerySection>
  );
}
