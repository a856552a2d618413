import { describe, expect, it } from 'vitest';
import { refusal } from './opcuaRefusal.ts';

const at = { peer: 'PLC', endpoint: 'opc.tcp://10.0.0.5:4840', pki: '/data/pki/line' };

describe('refusal', () => {
  it('says in plain words who refused what, and what to do', () => {
    const untrusted = refusal(at, 'server certificate is BadCertificateUntrusted (0x801a0000)');
    expect(untrusted?.message).toBe('The PLC at opc.tcp://10.0.0.5:4840 shows a certificate that is not trusted here.');
    expect(untrusted?.whatToDo).toMatch(/refused certificates of "line"(?!.*\/data)/);
    expect(refusal(at, 'BadUserAccessDenied')?.message).toContain('user name and password');
    expect(refusal(at, 'rejected by server: BadSecurityChecksFailed')?.whatToDo).toContain('"line") at the PLC');
    expect(refusal(at, ' serviceResult = BadCertificateUntrusted (0x801a0000)')?.message).toContain('refuses our certificate');
    expect(refusal(at, 'BadTooManySessions (0x80560000)')?.message).toContain('has no session free');
    expect(refusal(at, 'BadIdentityTokenRejected')?.message).toContain('user name and password');
  });

  it('is silent about a peer that is only away', () => {
    expect(refusal(at, 'Fail to connect to server (err =premature disconnection 4)')).toBeNull();
    expect(refusal(at, 'Transaction has timed out')).toBeNull();
  });
});
