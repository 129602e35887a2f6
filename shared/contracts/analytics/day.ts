import * as z from 'zod';

/** A day, UTC. The bounds keep arithmetic on days inside four-digit years. */
export const day = z.iso
  .date()
  .refine((text) => text >= '2000-01-01' && text <= '2199-12-31', 'must be from 2000-01-01 to 2199-12-31')
  .meta({ example: '2026-11-01' });
