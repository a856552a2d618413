"""What the foreign PLC and MES share: an asyncua server, Basic256Sha256 signed and encrypted, user name and password."""

import hmac
from contextlib import asynccontextmanager
from pathlib import Path

from asyncua import Server, ua
from asyncua.crypto.cert_gen import setup_self_signed_certificate
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.crypto.truststore import TrustStore
from asyncua.crypto.validator import CertificateValidator, CertificateValidatorOptions
from cryptography.x509.oid import ExtendedKeyUsageOID


class OneUser:
    def __init__(self, name, password):
        self.name, self.password = name, password

    def get_user(self, iserver, username=None, password=None, certificate=None):
        is_known = username == self.name and hmac.compare_digest(str(password), self.password)
        return User(role=UserRole.User, name=username) if is_known else None


def trusts_folder(folder):
    """Accepts the clients whose certificate lies in `folder` (DER) at the moment of asking."""
    store = TrustStore([folder], [])
    rule = CertificateValidatorOptions.TRUSTED_VALIDATION | CertificateValidatorOptions.PEER_CLIENT
    validate = CertificateValidator(rule, store)

    async def validator(certificate, description):
        await store.load()
        await validate(certificate, description)

    return validator


async def serve(options, application_uri, add_nodes):
    """Builds the server; the context it returns runs it and yields it with what `add_nodes` made."""
    pki = Path(options.pki)
    (pki / "trusted").mkdir(parents=True, exist_ok=True)
    server = Server(user_manager=OneUser(options.user, Path(options.password_file).read_text().strip()))
    await server.init()
    await server.set_application_uri(application_uri)
    server.set_endpoint(f"opc.tcp://127.0.0.1:{options.port}/")
    server.set_security_policy([ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt])
    server.set_identity_tokens([ua.UserNameIdentityToken])
    key, certificate = pki / "key.pem", pki / "certificate.der"
    usage = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
    await setup_self_signed_certificate(key, certificate, application_uri, "plc-hall-3", usage, {"organizationName": "Acme"})
    await server.load_certificate(certificate)
    await server.load_private_key(key)
    server.set_certificate_validator(trusts_folder(pki / "trusted"))
    nodes = await add_nodes(server)

    @asynccontextmanager
    async def running():
        async with server:
            yield server, nodes

    return running()
