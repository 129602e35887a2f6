/** What the form of an order holds beside its lines. Pure. */
import * as z from 'zod';
import { placeOrder } from '../../../../../shared/contracts/orders/place-order.ts';

const isBlank = (value: unknown) => typeof value === 'string' && value.trim() === '';
const blankAsLeftOut = (value: unknown) => (isBlank(value) ? undefined : value);

/** An address of which nothing is filled in is no address; its empty optional lines are left out. */
function addressOrNone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { country, ...rest } = value as Record<string, unknown>;
  if (Object.values(rest).every(isBlank) && isBlank(country ?? '')) return undefined;
  const filled = Object.entries(value).filter(
    ([name, text]) => !(isBlank(text) && (name === 'line2' || name === 'region')),
  );
  return Object.fromEntries(filled);
}

export const emptyDetails = {
  note: '',
  shippingAddress: { name: '', line1: '', line2: '', city: '', region: '', postalCode: '', country: '' },
};

const { shippingAddress, note } = placeOrder.body.shape;
/** `preprocess` takes anything; a form gives it these texts. */
type FormField<S extends z.ZodType, I> = z.ZodType<z.output<S>, I>;

export const orderDetails = z.strictObject({
  shippingAddress: z.preprocess(addressOrNone, shippingAddress) as unknown as FormField<
    typeof shippingAddress,
    (typeof emptyDetails)['shippingAddress']
  >,
  note: z.preprocess(blankAsLeftOut, note) as unknown as FormField<typeof note, string>,
});
