import { upload } from '../attachments/upload.ts';
import type { Engine } from '../engine/engine.ts';
import type { Order } from '../state/order-record.ts';
import { beginDirect, beginGroup } from './begin-chat.ts';
import { addAccount, addMembers, leave, removeMember, setRole, tidy } from './change-members.ts';
import { joinChat } from './join-chat.ts';
import { renewLeaves } from './renew-leaves.ts';
import { say } from './say.ts';
import type { Step } from './step.ts';

/** Tries one order. @throws {DomainError} an expected refusal; `Offline`: nothing is known, and the same again does it once */
export function perform(engine: Engine, order: Order): Promise<Step> {
  const { task } = order;
  switch (task.kind) {
    case 'say':
      return say(engine, { ...order, task });
    case 'upload':
      return upload(engine, { ...order, task });
    case 'begin-direct':
      return beginDirect(engine, { ...order, task });
    case 'begin-group':
      return beginGroup(engine, { ...order, task });
    case 'add':
      return addMembers(engine, { ...order, task });
    case 'add-account':
      return addAccount(engine, { ...order, task });
    case 'remove':
      return removeMember(engine, { ...order, task });
    case 'set-role':
      return setRole(engine, { ...order, task });
    case 'leave':
      return leave(engine, { ...order, task });
    case 'join':
      return joinChat(engine, order);
    case 'tidy':
      return tidy(engine, { ...order, task });
    case 'renew':
      return renewLeaves(engine, order);
  }
}
