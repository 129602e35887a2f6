import * as z from 'zod';
import { contract } from '../contract.ts';

export const dependencies = ['table', 'bus', 'queues', 'userPool'] as const;

export const ready = contract({
  id: 'system.ready',
  method: 'GET',
  path: '/ready',
  summary: 'Whether every dependency answers',
  description: '503 when one does not: details.dependencies says which.',
  public: 'Monitors and deployments ask it without an account; it names kinds of dependencies, nothing internal.',
  success: 200,
  output: z.object({
    status: z.literal('ready'),
    dependencies: z.record(
      z.enum(dependencies),
      z.object({ status: z.enum(['up', 'down']), milliseconds: z.number().int() }),
    ),
  }),
  errors: ['SERVICE_UNAVAILABLE'],
  example: {
    output: {
      status: 'ready',
      dependencies: {
        table: { status: 'up', milliseconds: 4 },
        bus: { status: 'up', milliseconds: 6 },
        queues: { status: 'up', milliseconds: 7 },
        userPool: { status: 'up', milliseconds: 5 },
      },
    },
  },
});
