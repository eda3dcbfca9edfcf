package dev.anodyne.opcua.server.alarm;

/** What kind of alarm a condition is; each stands for a type of OPC 10000-9 §5.8. */
public enum AlarmKind {
  /** Something is not as it should be: OffNormalAlarmType. */
  OFF_NORMAL,
  /** A number is beyond one of up to four limits: ExclusiveLimitAlarmType. */
  EXCLUSIVE_LIMIT,
  /** A certificate is about to expire, or has: CertificateExpirationAlarmType. */
  CERTIFICATE_EXPIRATION
}
