/** The bus with its archive and its published schemas, and the address that mail comes from. */
import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { ConfigurationSet, EmailIdentity, EmailSendingEvent, EventDestination, Identity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { type EventDeclaration, envelopeSchema, sourceOf } from '../../events/event.ts';
import { configurationSetName, stackName } from '../names.ts';
import type { Platform } from '../platform.ts';

export class MessagingStack extends Stack {
  constructor(scope: Construct, platform: Platform, events: readonly EventDeclaration[]) {
    const { config } = platform;
    super(scope, 'Messaging', {
      stackName: stackName(config.name, 'messaging'),
      description: 'Mewayz: the event bus, its archive and schemas, and the sender of mail',
      env: { region: config.region },
    });
    const bus = new EventBus(this, 'Bus', { eventBusName: config.busName, description: 'Every fact of Mewayz, once' });
    bus.archive('Archive', {
      archiveName: `${config.busName}-${config.name}`,
      description: 'Every event, for replays',
      eventPattern: { source: [...new Set(events.map(sourceOf))].sort() },
      ...(config.archiveDays === undefined ? {} : { retention: Duration.days(config.archiveDays) }),
    });
    const registry = new CfnRegistry(this, 'Schemas', {
      registryName: `mewayz-${config.name}`,
      description: 'Events of Mewayz as they stand on the bus',
    });
    for (const event of events) {
      const schema = new CfnSchema(this, `${event.name}V${event.version}`, {
        registryName: registry.attrRegistryName,
        schemaName: `${sourceOf(event)}@${event.name}.v${event.version}`,
        description: event.summary.slice(0, 256),
        type: 'JSONSchemaDraft4',
        content: JSON.stringify(z.toJSONSchema(envelopeSchema(event.data), { target: 'draft-4', io: 'output' })),
      });
      schema.addResourceDependency(registry);
    }

    const configurationSet = new ConfigurationSet(this, 'Mail', {
      configurationSetName: configurationSetName(config.name),
      reputationMetrics: true,
    });
    // What tells that a mail was taken, should the function that sent it not live to note it. SES knows the default bus only.
    configurationSet.addEventDestination('Sent', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.SEND],
    });
    const sender = new EmailIdentity(this, 'Sender', {
      identity: config.mailDomain ? Identity.domain(config.mailDomain) : Identity.email(config.mailFrom),
      configurationSet,
    });
    sender.applyRemovalPolicy(config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);

    platform.provide('busName', bus.eventBusName);
    platform.provideArn('bus', bus.eventBusArn);
    platform.provideArn('mailIdentity', sender.emailIdentityArn);
    platform.provideArn(
      'mailConfigurationSet',
      this.formatArn({
        service: 'ses',
        resource: 'configuration-set',
        resourceName: configurationSet.configurationSetName,
      }),
    );
    new CfnOutput(this, 'BusName', { value: bus.eventBusName });
  }
}
