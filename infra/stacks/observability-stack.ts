/** Where alarms go, and one dashboard over everything. Functions are named, not referred to, so this stack stands first. */
import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IWidget, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { FunctionDeclaration } from '../../functions/platform/declaration.ts';
import { areaOf } from '../declarations.ts';
import { functionName, stackName } from '../names.ts';
import type { Platform } from '../platform.ts';

const PERIOD = Duration.minutes(5);

export class ObservabilityStack extends Stack {
  constructor(scope: Construct, platform: Platform, declarations: readonly FunctionDeclaration[]) {
    const { config } = platform;
    super(scope, 'Observability', {
      stackName: stackName(config.name, 'observability'),
      description: 'Mewayz: alarms and dashboard',
      env: { region: config.region },
    });
    const topic = new Topic(this, 'Alarms', { displayName: `Mewayz ${config.name} alarms`, enforceSSL: true });
    if (config.alarmMail) topic.addSubscription(new EmailSubscription(config.alarmMail));
    platform.alarms = topic;

    const lambda = (id: string, metricName: string, statistic: string) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        statistic,
        period: PERIOD,
        dimensionsMap: { FunctionName: functionName(config.name, id) },
        label: id,
      });
    const rows: IWidget[][] = [];
    for (const area of [...new Set(declarations.map(({ id }) => areaOf(id)))]) {
      const ids = declarations.map(({ id }) => id).filter((id) => areaOf(id) === area);
      const graph = (title: string, metricName: string, statistic: string) =>
        new GraphWidget({ title, width: 8, left: ids.map((id) => lambda(id, metricName, statistic)) });
      rows.push(
        [new TextWidget({ markdown: `## ${area}`, width: 24, height: 1 })],
        [
          graph('Invocations', 'Invocations', 'Sum'),
          graph('Errors', 'Errors', 'Sum'),
          graph('Duration, 95th percentile (ms)', 'Duration', 'p95'),
        ],
      );
    }
    new Dashboard(this, 'Dashboard', { dashboardName: `mewayz-${config.name}`, widgets: rows });
  }
}
