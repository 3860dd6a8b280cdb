//! Who may do what in a room: the one place that decides, for REST and the socket alike.

use std::time::Duration;

use super::{role::Role, room::Visibility};

/// A member of a room in slow mode sends one message in this time.
pub const SLOW_MODE_PAUSE: Duration = Duration::from_secs(1);

/// How somebody stands to a room at the moment of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub visibility: Visibility,
    pub is_archived: bool,
    /// Whether the room is in slow mode.
    pub is_slow: bool,
    /// Their role, or nothing when they are not a member.
    pub role: Option<Role>,
}

/// Something one can want to do in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See that it exists, its settings and its members.
    SeeRoom,
    /// Read and follow its log.
    ReadLog,
    PostMessage,
    EditMessage {
        is_author: bool,
    },
    DeleteMessage {
        is_author: bool,
    },
    React,
    Join,
    /// Leave, which is removing oneself.
    Leave,
    AddMember,
    RemoveMember {
        target: Role,
    },
    ChangeRole {
        from: Role,
        to: Role,
    },
    /// Change name, topic or slow mode.
    UpdateRoom,
    /// Archive, or take out of the archive.
    ArchiveRoom,
    DeleteRoom,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// A private room doesn't exist for outsiders.
    NotFound,
    Forbidden(&'static str),
}

/// Decides. An outsider of a private room learns nothing, not even that it exists.
pub fn authorize(standing: Standing, action: Action) -> Result<(), Denial> {
    use Action::*;

    let Some(role) = standing.role else {
        return match (standing.visibility, action) {
            (Visibility::Private, _) => Err(Denial::NotFound),
            (Visibility::Public, SeeRoom) => Ok(()),
            (Visibility::Public, Join) => allow_unless_archived(standing),
            (Visibility::Public, _) => Err(Denial::Forbidden("Join the room first.")),
        };
    };

    match action {
        SeeRoom | ReadLog | Join | Leave => Ok(()),
        PostMessage | React => allow_unless_archived(standing),
        EditMessage { is_author } => {
            require(is_author, "Only its author edits a message.")?;
            allow_unless_archived(standing)
        }
        DeleteMessage { is_author } => {
            require(
                is_author || role >= Role::Admin,
                "Only its author and admins delete a message.",
            )?;
            allow_unless_archived(standing)
        }
        AddMember if standing.visibility == Visibility::Public => allow_unless_archived(standing),
        AddMember => {
            require(role >= Role::Admin, "Only admins add people to a private room.")?;
            allow_unless_archived(standing)
        }
        RemoveMember { target } => {
            require(role >= Role::Admin, "Only admins remove people.")?;
            require(
                role == Role::Owner || target < role,
                "Only an owner removes admins and owners.",
            )
        }
        ChangeRole { from, to } => {
            require(role >= Role::Admin, "Only admins change roles.")?;
            let is_within_reach =
                role == Role::Owner || (from == Role::Member && to <= Role::Admin);
            require(is_within_reach, "Only an owner changes the role of admins and owners.")
        }
        UpdateRoom => {
            require(role >= Role::Admin, "Only admins change the room.")?;
            allow_unless_archived(standing)
        }
        ArchiveRoom => require(role >= Role::Admin, "Only admins archive the room."),
        DeleteRoom => require(role == Role::Owner, "Only an owner deletes the room."),
    }
}

/// How long after a message its author waits before the next one, where they have to.
pub fn pause_between_messages(standing: Standing) -> Option<Duration> {
    (standing.is_slow && standing.role == Some(Role::Member)).then_some(SLOW_MODE_PAUSE)
}

fn require(is_met: bool, otherwise: &'static str) -> Result<(), Denial> {
    if is_met { Ok(()) } else { Err(Denial::Forbidden(otherwise)) }
}

fn allow_unless_archived(standing: Standing) -> Result<(), Denial> {
    require(!standing.is_archived, "The room is archived.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn standing(visibility: Visibility, role: Option<Role>) -> Standing {
        Standing { visibility, is_archived: false, is_slow: false, role }
    }

    const EVERY_ACTION: [Action; 14] = [
        Action::SeeRoom,
        Action::ReadLog,
        Action::PostMessage,
        Action::EditMessage { is_author: true },
        Action::DeleteMessage { is_author: false },
        Action::React,
        Action::Join,
        Action::Leave,
        Action::AddMember,
        Action::RemoveMember { target: Role::Member },
        Action::ChangeRole { from: Role::Member, to: Role::Admin },
        Action::UpdateRoom,
        Action::ArchiveRoom,
        Action::DeleteRoom,
    ];

    #[test]
    fn a_private_room_does_not_exist_for_outsiders() {
        for action in EVERY_ACTION {
            let answer = authorize(standing(Visibility::Private, None), action);

            assert_eq!(answer, Err(Denial::NotFound), "{action:?}");
        }
    }

    #[test]
    fn an_outsider_of_a_public_room_may_only_look_and_join() {
        for action in EVERY_ACTION {
            let answer = authorize(standing(Visibility::Public, None), action);

            let may = matches!(action, Action::SeeRoom | Action::Join);
            assert_eq!(answer.is_ok(), may, "{action:?}");
        }
    }

    #[test]
    fn an_owner_may_do_everything() {
        for visibility in [Visibility::Public, Visibility::Private] {
            for action in EVERY_ACTION {
                assert_eq!(
                    authorize(standing(visibility, Some(Role::Owner)), action),
                    Ok(()),
                    "{action:?}"
                );
            }
        }
    }

    #[test]
    fn an_admin_has_power_over_members_only() {
        let may =
            |action| authorize(standing(Visibility::Public, Some(Role::Admin)), action).is_ok();

        assert!(may(Action::RemoveMember { target: Role::Member }));
        assert!(!may(Action::RemoveMember { target: Role::Admin }));
        assert!(!may(Action::RemoveMember { target: Role::Owner }));
        assert!(may(Action::ChangeRole { from: Role::Member, to: Role::Admin }));
        assert!(!may(Action::ChangeRole { from: Role::Member, to: Role::Owner }));
        assert!(!may(Action::ChangeRole { from: Role::Owner, to: Role::Member }));
        assert!(!may(Action::DeleteRoom));
    }

    #[test]
    fn an_archived_room_is_read_only() {
        for role in [Role::Member, Role::Admin, Role::Owner] {
            let archived =
                Standing { is_archived: true, ..standing(Visibility::Public, Some(role)) };

            assert_eq!(authorize(archived, Action::ReadLog), Ok(()));
            assert_eq!(authorize(archived, Action::Leave), Ok(()));
            assert!(authorize(archived, Action::PostMessage).is_err());
            assert!(authorize(archived, Action::AddMember).is_err());
            assert!(authorize(archived, Action::UpdateRoom).is_err());
        }
    }
}
