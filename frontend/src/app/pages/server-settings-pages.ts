/** The pages of server admins, loaded together; without the metrics, which bring their charts. */
export { AccountList } from "@/features/admin/account-list";
export { AllRooms } from "@/features/admin/all-rooms";
export { AuditList } from "@/features/admin/audit-list";
export { InvitationList } from "@/features/admin/invitation-list";
