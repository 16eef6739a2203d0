import type { AloneContext, Context, OfflineContext, Report } from './command.ts';
import { approveDevice } from './commands/approve-device.ts';
import { auditHistory } from './commands/audit-history.ts';
import { changePin } from './commands/change-pin.ts';
import {
  acceptChat,
  followChat,
  listChats,
  newChat,
  newGroup,
  readChat,
  searchChats,
  sendToChat,
  setTimer,
} from './commands/chat/chats.ts';
import {
  askPoll,
  deleteMessage,
  editMessage,
  forwardMessage,
  pinMessage,
  showPinned,
  unpinMessage,
  vote,
} from './commands/chat/messages.ts';
import { deleteAccount } from './commands/delete-account.ts';
import { endDevice, endOtherDevices } from './commands/end-devices.ts';
import { exportAccount } from './commands/export-account.ts';
import { exportHistory } from './commands/export-history.ts';
import { logOut, switchAccount } from './commands/leave.ts';
import { linkDevice } from './commands/link-device.ts';
import { listDevices } from './commands/list-devices.ts';
import { login } from './commands/login.ts';
import { movePin, showNodes } from './commands/pin-nodes.ts';
import { register } from './commands/register.ts';
import { setPin } from './commands/set-pin.ts';
import { showLogs } from './commands/show-logs.ts';
import { showWords } from './commands/show-words.ts';
import { upgradePin } from './commands/upgrade-pin.ts';
import { verifyPin } from './commands/verify-pin.ts';
import { createWallet } from './commands/wallet/create-wallet.ts';
import { beginExport, cancelExport, showExport, takeExport } from './commands/wallet/export-key.ts';
import { sendTransfer } from './commands/wallet/send-transfer.ts';
import { showTransfers } from './commands/wallet/show-transfers.ts';
import { askFaucet, showAddress, showBalances } from './commands/wallet/show-wallet.ts';
import { signOffline } from './commands/wallet/sign-offline.ts';
import { signWithKey } from './commands/wallet/sign-with-key.ts';
import { sweep } from './commands/wallet/sweep.ts';
import { walletLimits } from './commands/wallet/wallet-limits.ts';
import { whoAmI } from './commands/who-am-i.ts';
import type { OptionName } from './options.ts';

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of what follows the command. */
  readonly parameters?: readonly string[];
  /** Besides those every command takes. */
  readonly options?: readonly OptionName[];
  /** Talks to the PIN nodes and the ledger alone; the server is not asked, whether it is there or not. */
  readonly withoutServer?: true;
  /** Needs an account, though perhaps one that is yet to come. */
  run?(context: Context): Promise<Report>;
  runOffline?(context: OfflineContext): Report;
  /** Needs no profile. */
  runAlone?(context: AloneContext): Promise<Report>;
}

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'register',
    summary: 'A new account with a PIN. At the end the 13 words are shown, if you say so.',
    options: ['phone', 'pin-stdin', 'nobody-can-reset-it', 'accept-fewer-nodes', 'show-words', 'device-name'],
    run: register,
  },
  {
    name: 'login',
    summary: 'Log in to an account you have, with its words or a phone number, and the PIN.',
    options: ['phone', 'pin-stdin', 'device-name', 'keep-account'],
    run: login,
  },
  {
    name: 'upgrade-pin',
    summary:
      'Replace the PIN of an account that came from another system (20118). Goes on where it was cut off.',
    options: ['pin-stdin', 'nobody-can-reset-it', 'accept-fewer-nodes', 'show-words', 'device-name'],
    run: upgradePin,
  },
  { name: 'whoami', summary: 'The account of this profile.', run: whoAmI },
  {
    name: 'words',
    summary: 'Show the 13 words, for the PIN.',
    options: ['pin-stdin', 'show-words'],
    run: showWords,
  },
  {
    name: 'pin set',
    summary: 'Set the first PIN where a registration ended early.',
    options: ['pin-stdin', 'nobody-can-reset-it', 'accept-fewer-nodes', 'show-words'],
    run: setPin,
  },
  {
    name: 'pin verify',
    summary: 'Show the PIN: opens a login, ends an interrupted change, or rehearses.',
    options: ['pin-stdin', 'keep-account'],
    run: verifyPin,
  },
  {
    name: 'pin change',
    summary: 'Put a new PIN in the place of the old one.',
    options: ['pin-stdin', 'accept-fewer-nodes', 'someone-knew'],
    run: changePin,
  },
  { name: 'pin nodes', summary: 'Who guards the PIN, and how each node is.', run: showNodes },
  {
    name: 'pin move',
    summary: 'Move the PIN to the nodes that are offered instead, once they are shown.',
    options: ['pin-stdin', 'accept-fewer-nodes'],
    run: movePin,
  },
  {
    name: 'pin logs',
    summary: 'Every PIN entry and sensitive operation, newest first.',
    options: ['before'],
    run: showLogs,
  },
  {
    name: 'pin export',
    summary: 'Write what the PIN nodes said about attempts to a file. It holds no secret.',
    parameters: ['FILE'],
    run: exportHistory,
  },
  {
    name: 'pin audit',
    summary: 'Verify such a file: signatures and chains, without a network.',
    parameters: ['FILE'],
    runOffline: auditHistory,
  },
  { name: 'devices', summary: 'The devices that are logged in.', run: listDevices },
  {
    name: 'devices link',
    summary: 'Log in here through a device that is logged in already: shows the code it is to scan.',
    options: ['pin-stdin', 'device-name'],
    run: linkDevice,
  },
  {
    name: 'devices approve',
    summary: 'Let a new device in that shows its code, for the PIN.',
    options: ['pin-stdin'],
    run: approveDevice,
  },
  {
    name: 'devices end',
    summary: 'Log another device out.',
    parameters: ['ID'],
    options: ['pin-stdin'],
    run: endDevice,
  },
  {
    name: 'devices end-others',
    summary: 'Log every other device out.',
    options: ['pin-stdin'],
    run: endOtherDevices,
  },
  { name: 'chat', summary: 'The conversations, with what is new in them.', run: listChats },
  {
    name: 'chat read',
    summary: 'The newest messages of a conversation.',
    parameters: ['CHAT'],
    options: ['ids'],
    run: readChat,
  },
  {
    name: 'chat accept',
    summary: 'Take messages of somebody who asks to write to you; so does an answer.',
    parameters: ['CHAT'],
    run: acceptChat,
  },
  {
    name: 'chat send',
    summary: 'Send a message, whose text is asked for.',
    parameters: ['CHAT'],
    options: ['pin-stdin'],
    run: sendToChat,
  },
  {
    name: 'chat edit',
    summary: 'Put another text, which is asked for, in the place of a message of yours. Within 15 minutes.',
    parameters: ['CHAT', 'MESSAGE'],
    options: ['pin-stdin'],
    run: editMessage,
  },
  {
    name: 'chat delete',
    summary: 'Delete a message of yours for everyone; in a group its owner and admins may delete any.',
    parameters: ['CHAT', 'MESSAGE'],
    run: deleteMessage,
  },
  {
    name: 'chat forward',
    summary: 'Say a text or a contact card again in other conversations, by their ids with commas between.',
    parameters: ['CHAT', 'MESSAGE', 'TO'],
    run: forwardMessage,
  },
  {
    name: 'chat pin',
    summary: 'Pin a message for everybody there.',
    parameters: ['CHAT', 'MESSAGE'],
    run: pinMessage,
  },
  {
    name: 'chat unpin',
    summary: 'Take a pinned message off.',
    parameters: ['CHAT', 'MESSAGE'],
    run: unpinMessage,
  },
  {
    name: 'chat pinned',
    summary: 'What is pinned in a conversation.',
    parameters: ['CHAT'],
    run: showPinned,
  },
  {
    name: 'chat timer',
    summary: 'How long new messages last for everybody there: off, 30s, 10m, 2h, 1d or 1w.',
    parameters: ['CHAT', 'TIME'],
    run: setTimer,
  },
  {
    name: 'chat poll',
    summary: 'Ask a group a question, with answers to choose from; both are asked for.',
    parameters: ['CHAT'],
    options: ['several', 'pin-stdin'],
    run: askPoll,
  },
  {
    name: 'chat vote',
    summary:
      'Answer a poll: the places of what you choose, from 1, with commas between; 0 takes the vote back.',
    parameters: ['CHAT', 'MESSAGE', 'CHOICES'],
    run: vote,
  },
  {
    name: 'chat search',
    summary: 'Messages on this computer that hold words, which are asked for.',
    options: ['pin-stdin'],
    run: searchChats,
  },
  {
    name: 'chat follow',
    summary: 'Print messages as they come.',
    parameters: ['CHAT'],
    options: ['seconds'],
    run: followChat,
  },
  {
    name: 'chat new',
    summary: 'The conversation with a person, made when there is none.',
    parameters: ['HEXKEY-ID'],
    run: newChat,
  },
  {
    name: 'chat group',
    summary: 'A new group with people, by their Hexkey IDs with commas between; its name is asked for.',
    parameters: ['HEXKEY-IDS'],
    options: ['pin-stdin'],
    run: newGroup,
  },
  { name: 'wallet', summary: 'What the wallet holds.', run: showBalances },
  {
    name: 'wallet create',
    summary: 'Make the wallet of an account that has none yet, for the PIN.',
    options: ['pin-stdin'],
    run: createWallet,
  },
  { name: 'wallet receive', summary: 'The address to be paid at, with its QR code.', run: showAddress },
  {
    name: 'wallet send',
    summary:
      'Pay a person (Hexkey ID) or an address, for the PIN. What is unusual about it is asked about first.',
    parameters: ['TO', 'AMOUNT'],
    options: ['asset', 'memo', 'confirmed', 'pin-stdin'],
    run: sendTransfer,
  },
  {
    name: 'wallet sign-offline',
    summary:
      'Pay an address without the account server: signed with the PIN nodes, and sent to a Solana RPC directly. For the PIN.',
    parameters: ['ADDRESS', 'AMOUNT'],
    options: ['asset', 'memo', 'rpc', 'confirmed', 'pin-stdin'],
    withoutServer: true,
    run: signOffline,
  },
  {
    name: 'wallet sweep',
    summary:
      'Move everything the wallet holds to an address of yours, for the PIN. What the daily limit keeps back stays.',
    parameters: ['ADDRESS'],
    options: ['unknown-too', 'without-server', 'rpc', 'confirmed', 'pin-stdin'],
    run: sweep,
  },
  {
    name: 'wallet export',
    summary: "Whether the wallet's key is being taken out, from which device, and when it may leave.",
    options: ['without-server'],
    run: showExport,
  },
  {
    name: 'wallet export-begin',
    summary:
      "Begin to take the wallet's key out, for the PIN. The PIN nodes wait seven days; every device can cancel.",
    options: ['without-server', 'pin-stdin'],
    run: beginExport,
  },
  {
    name: 'wallet export-cancel',
    summary: "Cancel taking the wallet's key out, whichever device began it.",
    options: ['without-server'],
    run: cancelExport,
  },
  {
    name: 'wallet export-take',
    summary:
      'Write the key to a file, for the PIN, once the seven days are over. Whoever has the file can pay.',
    parameters: ['FILE'],
    options: ['without-server', 'pin-stdin'],
    run: takeExport,
  },
  {
    name: 'wallet sign-with-key',
    summary: 'Pay an address with such a file, without server, PIN nodes and profile.',
    parameters: ['FILE', 'ADDRESS', 'LAMPORTS'],
    options: ['rpc', 'memo', 'confirmed', 'pin-stdin'],
    runAlone: signWithKey,
  },
  {
    name: 'wallet history',
    summary: 'Transfers, newest first. What was signed and is not on the ledger yet is sent again.',
    options: ['before'],
    run: showTransfers,
  },
  {
    name: 'wallet faucet',
    summary: 'Test SOL, or test tokens with --asset. Devnet only.',
    options: ['asset'],
    run: askFaucet,
  },
  {
    name: 'wallet limits',
    summary:
      'What may leave the wallet in a day; with --sol a new limit of SOL, with --asset and --limit one of a token, for the PIN.',
    options: ['sol', 'asset', 'limit', 'pin-stdin'],
    run: walletLimits,
  },
  {
    name: 'account export',
    summary: 'Write everything the server holds about the account to a file, for the PIN.',
    parameters: ['FILE'],
    options: ['pin-stdin'],
    run: exportAccount,
  },
  {
    name: 'logout',
    summary: 'Log out, for the PIN, and forget the account here.',
    options: ['pin-stdin'],
    run: logOut,
  },
  {
    name: 'account delete',
    summary: 'Delete the account in 30 days, for the PIN. Until then `login --keep-account` takes it back.',
    options: ['pin-stdin', 'nobody-can-undo-it'],
    run: deleteAccount,
  },
  {
    name: 'switch-account',
    summary: 'Drop this login without the PIN, and forget the account here.',
    run: switchAccount,
  },
];
