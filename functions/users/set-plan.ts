import { userPlanChanged } from '../../events/users/user-plan-changed.v1.ts';
import { setPlan } from '../../shared/contracts/users/set-plan.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { withPlan } from './user.ts';
import { userReply } from './user-reply.ts';
import { readForChange, userMarking, writeStanding } from './write-user.ts';

export const handler = http(setPlan, {
  access: { table: userMarking },
  errorImpact: 'Administrators cannot change plans.',
  run: async (context) => {
    const { params, body, actor, db, now, ifMatch } = context;
    const user = await readForChange(db, params.id, context);
    ifMatch(user.version);
    const wanted = withPlan(user, body.plan, { actor, now });
    const event = ride(userPlanChanged, { from: user.plan });
    const after = wanted.plan === user.plan ? user : await writeStanding(db, user, wanted, event);
    return userReply(after, context);
  },
});
