import { basename } from 'node:path';
import { PersonError } from './errors.ts';

/** What refused us, by the status codes that OPC 10000-4 §7.38 gives; the first that is found in the message counts. */
const refusals: { codes: RegExp; what: string; toDo: string }[] = [
  {
    codes: /BadUserAccessDenied|BadIdentityToken/,
    what: 'The {peer} at {endpoint} does not accept our user name and password.',
    toDo: 'Correct userName and the password file.',
  },
  // Some servers say what is wrong with our certificate, in the fault that answers the session's opening; most keep it to themselves.
  {
    codes: /BadSecurityChecksFailed|BadSecurityPolicyRejected|BadSecurityModeRejected|serviceResult = BadCertificate/,
    what: 'The {peer} at {endpoint} refuses our certificate.',
    toDo: 'Maintenance: approve the certificate of this station (application "Linegate", "{name}") at the {peer}.',
  },
  {
    codes: /BadCertificateUntrusted|BadCertificateChainIncomplete/,
    what: 'The {peer} at {endpoint} shows a certificate that is not trusted here.',
    toDo: 'Maintenance: it lies among the refused certificates of "{name}" on this station. Compare its fingerprint at the {peer}, then trust it: "linegate certificate trust {name}".',
  },
  {
    codes: /BadCertificate(Issuer)?Revoked/,
    what: 'The certificate of the {peer} at {endpoint} has been revoked by the authority that issued it.',
    toDo: 'Maintenance: find out why. Nothing is sent there until the {peer} shows another certificate.',
  },
  {
    codes: /BadCertificate(Issuer)?RevocationUnknown/,
    what: 'The authority behind the certificate of the {peer} at {endpoint} has left no revocation list on this station.',
    toDo: 'Maintenance: put its current list into issuers/crl of "{name}", or set missingCrl = "warn" in the station file.',
  },
  {
    codes: /BadCertificate\w+/,
    what: 'The certificate of the {peer} at {endpoint} is not valid.',
    toDo: 'Check its dates, its host name and both clocks.',
  },
  {
    codes: /BadTooManySessions/,
    what: 'The {peer} at {endpoint} has no session free.',
    toDo: 'Sessions that broke off end there by themselves; if this stays, close other clients or raise its limit.',
  },
  {
    codes: /Cannot find an Endpoint matching/i,
    what: 'The {peer} at {endpoint} offers no encryption that this station accepts.',
    toDo: 'Switch on Basic256Sha256 with SignAndEncrypt there.',
  },
];

/** The refusal that an error's message speaks of, in words for a person; `null` when the peer is only away. */
export const refusal = (at: { peer: string; endpoint: string; pki: string }, message: string): PersonError | null => {
  const found = refusals.find(({ codes }) => codes.test(message));
  if (found === undefined) return null;
  const fill = (text: string): string =>
    text.replaceAll('{peer}', at.peer).replaceAll('{endpoint}', at.endpoint).replaceAll('{name}', basename(at.pki));
  return new PersonError(fill(found.what), fill(found.toDo), { cause: message });
};
