import type { ErrorWords } from './error-words.js';

export const errorWordsEn: ErrorWords = {
  internal: {
    what: 'Something inside Enxame went wrong.',
    todo: 'Try again. If it happens again, copy the details and report it.',
  },
  'bad-request': {
    what: 'The message could not be understood.',
    todo: 'Check that both sides run the same version of Enxame.',
  },
  'too-large': { what: 'That is larger than the other side accepts.', todo: 'Send less at once.' },
  'rate-limited': { what: 'Too many requests in a short time.', todo: 'Wait a moment; Enxame tries again by itself.' },
  'not-supported': { what: 'The other side does not know this request.', todo: 'Update Enxame on both computers.' },
  'not-found': { what: 'Nothing is there under this address.', todo: 'Check the address.' },
  unauthorized: {
    what: 'This needs permission that was not given.',
    todo: 'Open Enxame again from its own window or address.',
  },
  'timed-out': { what: 'No answer came in time.', todo: 'Check the connection and try again.' },
  cancelled: { what: 'It was cancelled.', todo: 'Start it again when you want it.' },

  'tracker-address-invalid': {
    what: '“{address}” is not an address.',
    todo: 'Write it like 192.168.1.20 or tracker.example.org:7667.',
  },
  'tracker-unreachable': {
    what: 'The server at {address} does not answer.',
    todo: 'Check the address, and that the server is on and its port is open.',
  },
  'tracker-not-a-tracker': {
    what: 'Something answers at {address}, but it is not an Enxame server.',
    todo: 'Check the address and the port (usually 7667).',
  },
  'tracker-version': {
    what: 'The server at {address} speaks another version of the protocol.',
    todo: 'Update Enxame here, or ask who runs the server to update it.',
  },
  'tracker-identity-changed': {
    what: 'The server at {address} is not the one you joined before: its seal changed to {words}.',
    todo: 'Ask who runs it. If it was reinstalled and the seal is right, join again; if not, someone may be listening.',
  },
  'tracker-not-chosen': { what: 'No network was chosen yet.', todo: 'Choose a network first.' },
  'tracker-offline': {
    what: 'There is no contact with the server now.',
    todo: 'Enxame keeps trying; do this again when it is back.',
  },
  'tracker-storage-full': {
    what: 'The server cannot write: its disk is full.',
    todo: 'Ask who runs it to make room. Nothing that was saved is lost.',
  },

  'name-empty': { what: 'A name is needed.', todo: 'Write the name that others will see.' },
  'name-too-long': { what: 'The name is too long.', todo: 'Use at most {max} characters.' },
  'name-characters': {
    what: 'The name has characters that cannot be used.',
    todo: 'Use letters, digits, spaces, dots, hyphens and apostrophes.',
  },
  'name-mixed-scripts': { what: 'The name mixes alphabets that look alike.', todo: 'Write it in one alphabet.' },
  'name-taken': { what: 'Someone already has the name “{name}” in this network.', todo: 'Choose another.' },
  'name-look-alike': {
    what: 'The name looks like “{name}”, which is taken.',
    todo: 'Choose one that cannot be mistaken for it.',
  },
  'already-registered': {
    what: 'This computer is already registered here as “{name}”.',
    todo: 'Go on with that name.',
  },
  'recovery-words-wrong': {
    what: 'These are not the recovery words of anybody.',
    todo: 'Compare each of the 24 words, and their order, with what you wrote down.',
  },
  'not-registered': { what: 'This computer has no name in this network yet.', todo: 'Choose a name first.' },
  'signature-invalid': {
    what: 'The proof of identity was not accepted.',
    todo: 'Check the clock of this computer and connect again.',
  },
  'person-key-changed': {
    what: 'The key of {name} is not the one seen before.',
    todo: 'Ask {name} over another channel before taking files.',
  },

  'entry-not-found': { what: 'This file is no longer in the list.', todo: 'Search for it again.' },
  'entry-not-yours': { what: 'This file was added by someone else.', todo: 'Only its owner can change or remove it.' },
  'catalogue-full': {
    what: 'The limit of {max} files for one person is reached.',
    todo: 'Stop sharing something first.',
  },
  'content-not-found': { what: 'This computer does not have that content.', todo: 'Search for it again.' },
  'content-offline': {
    what: 'Nobody who has this file is online, and the server keeps no copy of it.',
    todo: 'Come back later, or ask its owner to keep a copy on the server.',
  },

  'quota-exceeded': {
    what: 'There is no room left for you on the server.',
    detail: '{used:bytes} of {quota:bytes} are taken.',
    todo: 'Remove copies that you no longer need, or ask who runs the server for more room.',
  },
  'upload-incomplete': { what: 'The upload ended before all of it was here.', todo: 'Send it again.' },
  'link-ended': {
    what: 'This link does not exist, or no longer.',
    todo: 'Ask who gave it to you for a new one.',
  },
  'link-password-wrong': { what: 'This is not the password of the link.', todo: 'Check it and try again.' },
  forbidden: { what: 'You are not allowed to do this here.', todo: 'Ask who runs the network.' },
  'registration-closed': {
    what: 'This network takes no new people.',
    todo: 'Ask who runs it for an invitation.',
  },
  'invitation-invalid': {
    what: 'This invitation does not exist, was used, or has expired.',
    todo: 'Ask for a new one.',
  },
  banned: { what: 'Who runs this network has shut you out.', detail: '{reason}', todo: 'Ask who runs it.' },
  'person-not-found': { what: 'Nobody here has the name “{name}”.', todo: 'Check the name.' },
  'entry-removed': {
    what: 'Who runs the network removed “{name}” from the list.',
    detail: '{reason}',
    todo: 'Ask who runs it.',
  },
  'name-blocked': {
    what: 'The name “{name}” belonged to someone who left, and nobody can take it yet.',
    todo: 'Choose another.',
  },
  'tracker-draining': { what: 'The server is restarting.', todo: 'Enxame connects again by itself in a moment.' },

  'path-not-found': { what: '“{path}” does not exist.', todo: 'Check the path.' },
  'path-exists': {
    what: '“{path}” exists already and is not overwritten.',
    todo: 'Choose another place, or move it away.',
  },
  'path-unreadable': { what: '“{path}” cannot be read.', todo: 'Give your user permission to read it.' },
  'path-not-a-file': {
    what: '“{path}” is not a file or folder that can be shared.',
    todo: 'Choose an ordinary file or folder.',
  },
  'path-is-a-link': { what: '“{path}” is a symbolic link.', todo: 'Share the file that it points to.' },
  'folder-empty': { what: 'The folder “{path}” has no files.', todo: 'Put a file in it first.' },
  'file-changed': {
    what: '“{name}” changed while it was being read.',
    todo: 'Share it again when nothing writes to it.',
  },
  'file-vanished': { what: '“{name}” is no longer where it was.', todo: 'Put it back, or stop sharing it.' },
  'file-too-large': {
    what: '“{name}” is larger than Enxame can share.',
    todo: 'Split it into parts of at most 16 TB.',
  },

  'transfer-not-found': { what: 'That transfer is no longer in the list.', todo: 'Look at the list again.' },
  'source-unreachable': {
    what: 'The computer of {name} cannot be reached now.',
    todo: 'Enxame tries again by itself, from the byte where it stopped.',
  },
  'source-identity': {
    what: 'The computer that answered is not the one of {name}.',
    todo: 'Enxame did not take anything from it and keeps looking.',
  },
  'source-refused': {
    what: 'The computer of {name} refused.',
    todo: 'Ask whether it is still shared, then try again.',
  },
  'source-gone': {
    what: '{name} changed or removed this file.',
    todo: 'Look for it again in the list, or ask {name}. What was verified is kept.',
  },
  'source-lied': {
    what: 'The computer of {name} sent something that is not this file.',
    todo: 'Nothing wrong was kept. Try again, or get it from someone else.',
  },
  'source-busy': {
    what: 'The computer of {name} is sending to others first.',
    todo: 'It goes on by itself when it is your turn.',
  },
  'source-stalled': {
    what: 'The computer of {name} stopped sending.',
    todo: 'Enxame asks others, and tries again by itself.',
  },
  'piece-not-here': {
    what: 'The computer of {name} does not have this part yet.',
    todo: 'Enxame asks others, and tries again by itself.',
  },
  'path-blocked': {
    what: 'No direct way to the computer of {name} was found.',
    todo: 'Allow Enxame in the firewall of one of the two computers, or open a port on the router.',
  },
  'nothing-shared': { what: '{name} shares nothing now.', todo: 'Ask {name} to share something, then check again.' },
  'relay-refused': {
    what: 'The server does not pass data on for you now.',
    todo: 'It is tried again by itself. Whoever runs the server can allow it.',
  },
  'receipt-invalid': {
    what: 'A confirmation of receipt was not genuine and was not counted.',
    todo: 'Ask the other person whether the file arrived.',
  },
  'collection-invalid': {
    what: 'The list of files in the folder “{name}” is broken or unsafe.',
    todo: 'Nothing of it was written. Ask the owner to share the folder again.',
  },
  'ticket-invalid': {
    what: 'The permission to fetch this was not accepted.',
    todo: 'Check the clocks of both computers; Enxame asks for a new one.',
  },
  'manifest-mismatch': {
    what: 'The description of the file does not match its identity.',
    todo: 'Nothing was kept. Get it from someone else.',
  },
  'piece-mismatch': {
    what: 'A piece of “{name}” arrived three times with wrong bytes.',
    todo: 'The verified part is kept. Try again, or get it from someone else.',
  },

  'code-invalid': {
    what: '“{code}” is not a code.',
    todo: 'A code is a number and words, like 7-abelha-vinho. Check what you typed.',
  },
  'code-wrong': {
    what: 'The code is wrong, or it has expired.',
    todo: 'Check every word, or ask for a new code.',
  },
  'code-busy': {
    what: 'This code is being used by somebody else.',
    todo: 'Ask for a new code.',
  },
  'code-ended': { what: 'This code is no longer good.', todo: 'Make a new code.' },
  'person-blocked': {
    what: '{name} is blocked here: nothing goes to them, and nothing comes from them.',
    todo: 'Unblock {name} under People first.',
  },
  'offer-refused': { what: 'The other person did not accept.', todo: 'Ask them, then send again.' },
  'offer-invalid': {
    what: 'What the other side offers cannot be understood, or is not safe.',
    todo: 'Nothing was written. Ask for it to be sent again.',
  },
  'other-side-left': {
    what: 'The other side left before it was done.',
    todo: 'Ask the other person to start again, then use the new code.',
  },
  'other-side-failed': {
    what: 'The other side met an error and stopped.',
    todo: 'Ask the other person what it says, then send again.',
  },

  'disk-full': {
    what: 'There is not enough room on the disk of “{folder}”.',
    detail: 'It takes {needed:bytes}, and {free:bytes} are free.',
    todo: 'Make room and try again. What was verified is kept.',
  },
  'folder-not-writable': {
    what: 'Nothing can be written to “{folder}”.',
    todo: 'Choose another folder, or give your user permission to write there.',
  },
  'folder-missing': {
    what: 'The folder “{folder}” is not there.',
    todo: 'Connect the disk, or choose another folder.',
  },
  'folder-unreadable': {
    what: 'The folder “{folder}” is there, but cannot be read.',
    todo: 'Give your user permission to read it, or choose another folder.',
  },
  'folder-is-a-file': { what: '“{folder}” is a file, not a folder.', todo: 'Choose another folder.' },
  'disk-failed': { what: 'The disk gave an error ({reason}).', todo: 'Check the disk. What was verified is kept.' },
  'data-folder-locked': {
    what: 'Enxame is already running with the data folder “{folder}”.',
    todo: 'Use that one, or give another folder with --data.',
  },
  'data-folder-unwritable': {
    what: 'The data folder “{folder}” cannot be written.',
    todo: 'Give your user permission, or choose another with --data.',
  },
  'document-broken': {
    what: '“{file}” was damaged. It was set aside as “{aside}”.',
    todo: 'The rest goes on. Restore it from a backup if you have one.',
  },
  'backup-invalid': { what: '“{path}” is not a whole backup of a server: {what}.', todo: 'Use another backup.' },
  'identity-broken': {
    what: 'The file with the keys, “{file}”, is damaged.',
    todo: 'Restore it from a backup. If there is none, move it away: new keys are made, and the others have to trust them again.',
  },
  'engine-not-running': {
    what: 'Enxame is not running for the data folder “{folder}”.',
    todo: 'Start it with “enxame serve” and try again.',
  },
  'engine-stopped': { what: 'The engine of Enxame stopped.', todo: 'It starts again by itself; nothing is lost.' },
  'port-taken': {
    what: 'Port {port} is used by another program.',
    todo: 'Stop that program, or choose another port with --port.',
  },
  'update-failed': {
    what: 'The new version could not be fetched.',
    todo: 'This version goes on working. Try again later, or install the new one by hand.',
  },
  'setting-unknown': {
    what: 'There is no setting “{name}” ({where}).',
    todo: 'Check how it is written; --help lists the settings.',
  },
  'flag-invalid': { what: 'The option “{flag}” is unknown, or its value cannot be used.', todo: 'See --help.' },
};
