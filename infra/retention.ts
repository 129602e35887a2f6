/** Days → the retention that CloudWatch Logs knows. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Throws when CloudWatch Logs has no such retention. */
export function retention(days: number): RetentionDays {
  if (RetentionDays[days] === undefined) throw new Error(`CloudWatch Logs cannot keep logs for ${days} days.`);
  return days;
}
