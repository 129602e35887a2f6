/** Fields that several operations of this area take. */
import * as z from 'zod';
import { idSchema } from '../../ids.ts';

export const userParams = z.strictObject({ id: idSchema('user') });

export const nameField = z.string().trim().min(1).max(100).meta({ example: 'Ann Archer' });
export const companyField = z.string().trim().min(1).max(100).meta({ example: 'Archer Ltd' });
export const usernameField = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]{1,30})[A-Za-z0-9]$/,
    'must be 3 to 32 letters, digits, dots, dashes or underscores, with a letter or digit at both ends',
  )
  .meta({ example: 'ann.archer' });
export const consentField = z.boolean().meta({ description: 'May be sent product news by mail' });
