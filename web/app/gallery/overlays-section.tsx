'use client';

import { Archive, Copy, Ellipsis, Filter, Monitor, Moon, Pencil, Sun, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/ui/button';
import { Checkbox } from '../../components/ui/checkbox';
import { ConfirmDialog } from '../../components/ui/confirm-dialog';
import { Dialog, DialogClose } from '../../components/ui/dialog';
import { Field } from '../../components/ui/field';
import { IconButton } from '../../components/ui/icon-button';
import { Input } from '../../components/ui/input';
import { KeyValue } from '../../components/ui/key-value';
import {
  Menu,
  MenuCheckboxItem,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuSeparator,
  MenuSub,
} from '../../components/ui/menu';
import { Popover } from '../../components/ui/popover';
import { Sheet } from '../../components/ui/sheet';
import { toast } from '../../components/ui/toast';
import { Tooltip } from '../../components/ui/tooltip';
import { GallerySection, Row, Specimen } from './specimen';

export default function OverlaysSection() {
  const [columns, setColumns] = useState({ sku: true, stock: true, tags: false });
  const [theme, setTheme] = useState('system');
  return (
    <GallerySection id="overlays" title="Overlays">
      <Specimen title="Dialog, confirm, sheet">
        <Row>
          <Dialog
            trigger={<Button>Dialog</Button>}
            title="Adjust stock"
            description="Regency cakestand 3 tier has 24 on hand."
            footer={
              <>
                <DialogClose>
                  <Button>Cancel</Button>
                </DialogClose>
                <DialogClose>
                  <Button variant="primary">Adjust</Button>
                </DialogClose>
              </>
            }
          >
            <div className="flex flex-col gap-4">
              <Field label="Change">
                <Input defaultValue="+12" inputMode="numeric" />
              </Field>
              <Field label="Reason">
                <Input placeholder="Delivery, loss, count…" />
              </Field>
            </div>
          </Dialog>
          <ConfirmDialog
            trigger={<Button variant="danger">Confirm</Button>}
            title="Cancel order #1042?"
            description="Its stock goes back on sale. This can't be undone."
            confirmLabel="Cancel order"
            cancelLabel="Keep it"
            tone="danger"
            onConfirm={() => new Promise((resolve) => setTimeout(resolve, 800))}
          />
          <ConfirmDialog
            trigger={<Button>Confirm that fails</Button>}
            title="Publish 3 products?"
            description="They are for sale at once."
            confirmLabel="Publish"
            onConfirm={async () => {
              await new Promise((resolve) => setTimeout(resolve, 500));
              throw new Error('The service did not answer. Nothing was changed.');
            }}
          />
          <Sheet
            trigger={<Button>Sheet</Button>}
            title="Order #1042"
            description="Placed 21 Nov 2026, 09:30"
            footer={
              <DialogClose>
                <Button variant="primary">Done</Button>
              </DialogClose>
            }
          >
            <KeyValue
              items={[
                { label: 'Customer', value: 'Ada Lovelace' },
                { label: 'Total', value: '£25.50' },
                { label: 'Order id', value: 'ord_01KA8Q2V7M3TZ', copy: 'ord_01KA8Q2V7M3TZ' },
                { label: 'Note', value: undefined },
              ]}
            />
          </Sheet>
        </Row>
      </Specimen>
      <Specimen title="Menu, popover, tooltip">
        <Row>
          <Menu
            align="start"
            trigger={<IconButton label="Actions" variant="secondary" icon={<Ellipsis aria-hidden />} />}
          >
            <MenuItem icon={<Pencil aria-hidden />} shortcut="E">
              Edit
            </MenuItem>
            <MenuItem icon={<Copy aria-hidden />} shortcut="D">
              Duplicate
            </MenuItem>
            <MenuItem icon={<Archive aria-hidden />} disabled>
              Archive
            </MenuItem>
            <MenuSub label="Move to" icon={<Archive aria-hidden />}>
              <MenuItem>Kitchen</MenuItem>
              <MenuItem>Garden</MenuItem>
            </MenuSub>
            <MenuSeparator />
            <MenuItem icon={<Trash2 aria-hidden />} tone="danger">
              Delete
            </MenuItem>
          </Menu>
          <Menu align="start" trigger={<Button>Columns</Button>}>
            <MenuLabel>Shown columns</MenuLabel>
            {(Object.keys(columns) as (keyof typeof columns)[]).map((column) => (
              <MenuCheckboxItem
                key={column}
                keepOpen
                checked={columns[column]}
                onCheckedChange={(checked) => setColumns({ ...columns, [column]: checked })}
              >
                {column}
              </MenuCheckboxItem>
            ))}
            <MenuSeparator />
            <MenuLabel>Theme</MenuLabel>
            <MenuRadioGroup
              value={theme}
              onValueChange={setTheme}
              options={[
                { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
                { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
                { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
              ]}
            />
          </Menu>
          <Popover label="Filter" trigger={<Button icon={<Filter aria-hidden />}>Filter</Button>}>
            <div className="flex w-56 flex-col gap-2">
              <Checkbox label="In stock" defaultChecked />
              <Checkbox label="Low stock" />
              <Checkbox label="Out of stock" />
            </div>
          </Popover>
          <Tooltip content="More about it, on hover and on focus">
            <Button variant="ghost">Tooltip</Button>
          </Tooltip>
        </Row>
      </Specimen>
      <Specimen title="Toast" wide>
        <Row>
          <Button onClick={() => toast({ title: 'Link copied' })}>Plain</Button>
          <Button onClick={() => toast({ title: 'Product saved', description: 'It is for sale now.', tone: 'good' })}>
            Good
          </Button>
          <Button
            onClick={() =>
              toast({
                title: 'Order #1042 cancelled',
                tone: 'neutral',
                action: { label: 'Undo', onSelect: () => toast({ title: 'Order restored', tone: 'good' }) },
              })
            }
          >
            With action
          </Button>
          <Button onClick={() => toast({ title: 'Stock is low', description: 'Party bunting: 3 left.', tone: 'warn' })}>
            Warning
          </Button>
          <Button
            onClick={() =>
              toast({
                title: 'That did not work',
                description: 'The service did not answer. Your input is kept.',
                tone: 'bad',
              })
            }
          >
            Bad
          </Button>
        </Row>
      </Specimen>
    </GallerySection>
  );
}
