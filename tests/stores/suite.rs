//! Which cases each store has to pass: a further store joins with one line at the end.

/// Each case as a test of this store.
macro_rules! cases {
    (($fixture:ty, $attribute:meta), $($file:ident: [$($case:ident,)*])*) => {
        $(mod $file {
            $(#[$attribute]
            #[rocket::async_test]
            async fn $case() {
                let place: $fixture = crate::stores::Fixture::new();
                crate::stores::$file::$case(&place).await;
            })*
        })*
    };
}

/// The suite's table of contents. A case that is missing here is a warning of the compiler.
///
/// First what every store must do; then, for each capability, what a store does that claims it, and
/// what proves the opposite of one that does not. A store has to say yes or no to all of them.
macro_rules! conformance {
    ($store:ident, ($fixture:ty, $attribute:meta), kept: $kept:ident, atomic: $atomic:ident,
     revocable: $revocable:ident, listable: $listable:ident, shared: $shared:ident,
     durable: $durable:ident) => {
        mod $store {
            use session_lessons::session::stores::Capabilities;

            #[$attribute]
            #[rocket::async_test]
            async fn it_claims_what_is_proved() {
                let place: $fixture = crate::stores::Fixture::new();
                let store = crate::stores::Fixture::open(&place);
                let claimed = Capabilities {
                    atomic: is!($atomic),
                    revocable: is!($revocable),
                    listable: is!($listable),
                    shared: is!($shared),
                    durable: is!($durable),
                };
                assert_eq!(store.capabilities(), claimed);
                assert_eq!(store.seal().is_none(), is!($kept));
            }

            mod kept {
                kept! { $kept, ($fixture, $attribute) }
            }
            mod atomic {
                atomic! { $atomic, ($fixture, $attribute) }
            }
            mod revocable {
                revocable! { $revocable, ($fixture, $attribute) }
            }
            mod listable {
                listable! { $listable, ($fixture, $attribute) }
            }
            mod shared {
                shared! { $shared, ($fixture, $attribute) }
            }
            mod durable {
                durable! { $durable, ($fixture, $attribute) }
            }
            cases! { ($fixture, $attribute),
                claims: [
                    the_table_in_the_docs_says_what_the_store_claims,
                    the_engine_can_be_configured,
                    a_place_that_cannot_be_used_stops_the_start,
                ]
                handle: [
                    reading_creates_nothing,
                    the_first_set_stores_a_row_and_sends_its_cookie,
                    what_was_set_is_there_at_the_next_request,
                    every_kind_of_value_comes_back,
                    keys_may_be_any_text,
                    null_is_a_value_too,
                    a_view_sees_what_it_has_done,
                    a_value_of_another_type_is_an_error,
                    a_value_that_is_no_json_is_an_error,
                    popping_gives_the_value_once,
                    popping_a_missing_key_writes_nothing,
                    a_key_that_was_set_and_popped_stores_nothing,
                    popping_the_last_key_keeps_row_and_cookie,
                    the_last_operation_on_a_key_counts,
                    a_thousand_operations_are_one_change_of_the_row,
                    an_expiry_alone_stores_nothing,
                    a_view_can_show_the_row_of_its_session,
                    two_guards_of_one_request_load_once,
                ]
                whole: [
                    clear_empties_the_data_and_keeps_row_and_cookie,
                    what_is_set_after_clear_stays,
                    clear_by_a_stranger_stores_nothing,
                    what_is_set_and_flushed_stores_nothing,
                    rotating_a_stranger_stores_nothing,
                ]
                update: [
                    it_returns_what_the_change_returns,
                    it_commits_at_once_and_costs_one_change,
                    what_was_set_on_its_key_is_folded_in,
                    other_keys_wait_for_the_response,
                    a_session_that_it_created_gets_its_cookie_whatever_the_status,
                    two_of_them_in_one_request_make_one_session,
                    after_a_login_everything_is_committed_in_its_order,
                    a_value_of_another_type_is_an_error_and_stays,
                    a_failed_one_leaves_what_was_pending_pending,
                    on_the_identity_key_it_is_an_error,
                ]
                ids: [
                    a_forged_id_cannot_end_a_session,
                    the_hash_in_the_store_is_no_secret,
                    an_expired_id_is_refused,
                    a_refused_visitor_who_sets_something_gets_a_session_of_their_own,
                    only_the_exact_name_counts,
                    it_is_found_among_other_cookies,
                    two_of_them_count_as_none_and_nothing_is_removed,
                ]
                time: [
                    a_session_ends_after_two_weeks_without_use,
                    every_use_extends_it,
                    it_ends_after_thirty_days_however_often_it_is_used,
                    both_limits_can_be_configured,
                    a_session_lives_one_day_until_its_id_has_come_back,
                    the_first_return_makes_it_the_whole_lifetime_at_once,
                    a_first_return_that_writes_needs_no_second_write,
                    reading_within_a_minute_costs_no_write,
                    reading_after_a_minute_extends_and_sends_the_cookie_again,
                    a_short_limit_is_recorded_more_finely,
                    an_error_of_the_server_extends_nothing,
                    cookie_and_record_end_at_the_same_moment,
                ]
                lifetime: [
                    a_cookie_may_end_with_the_browser,
                    all_cookies_may_end_with_the_browser,
                    a_lifetime_counts_at_once_however_soon_it_is_set,
                    a_lifetime_of_its_own_is_kept_by_later_writes,
                    a_session_may_end_at_a_moment_used_or_not,
                    no_lifetime_goes_beyond_the_absolute_limit,
                    the_default_lifetime_can_be_had_back,
                    a_flushed_session_takes_its_lifetime_along,
                    a_new_session_may_begin_with_a_lifetime_of_its_own,
                ]
                identity: [
                    a_planted_session_id_opens_nothing_after_the_login,
                    the_same_user_logging_in_again_rotates_too,
                    what_a_stranger_put_there_is_kept_at_the_login,
                    what_another_user_left_is_dropped_at_the_login,
                    the_lifetime_that_another_user_chose_is_dropped_too,
                    what_was_added_after_the_logout_is_still_the_first_users,
                    the_view_of_a_login_no_longer_sees_what_it_dropped,
                    of_two_logins_in_one_request_the_last_counts,
                    a_login_and_a_logout_in_one_request_leave_nobody_logged_in,
                    clear_forgets_whose_data_it_was,
                    a_user_is_named_by_a_text_or_a_whole_number,
                    a_number_and_its_text_name_the_same_user,
                    a_user_of_another_type_is_an_error_and_changes_nothing,
                    another_key_can_say_who_it_is,
                    without_an_identity_key_no_key_is_special,
                ]
                failures: [
                    a_page_without_the_session_does_not_need_the_store,
                    no_cookie_is_sent_for_a_session_that_was_not_created,
                    a_change_that_was_not_stored_is_not_told_as_if_it_were,
                    a_session_that_could_not_be_ended_is_still_there,
                    a_page_is_not_withheld_because_its_use_was_not_recorded,
                    without_a_page_of_its_own_the_app_answers_in_plain_text,
                    an_error_of_the_server_commits_nothing_that_is_pending,
                    an_error_of_the_visitor_commits_everything,
                ]
                slow: [
                    a_slow_commit_is_answered_after_it_and_keeps_nobody_else_waiting,
                ]
                clock: [
                    a_clock_that_goes_back_ends_no_session,
                    a_session_from_the_future_ends_like_any_other,
                    an_unused_session_from_the_future_ends_after_two_weeks,
                    reading_a_session_from_the_future_costs_one_write,
                ]
                size: [
                    what_would_be_too_large_is_refused_and_the_rest_stays,
                    the_limit_is_met_to_the_byte,
                    a_session_above_a_lowered_limit_can_still_shrink,
                ]
                headers: [
                    a_page_that_does_not_ask_says_and_costs_nothing,
                    every_page_that_asks_is_for_one_visitor_only,
                    so_are_redirects_and_errors,
                    so_is_a_page_whose_guard_asked,
                    what_the_view_says_of_caching_counts,
                    the_cookie_has_every_attribute_that_protects_it,
                    behind_a_proxy_that_speaks_tls_it_is_secure,
                    a_request_that_only_reads_gets_no_cookie,
                    no_request_costs_more_than_it_must,
                ]
            }
        }
    };
    ($store:ident, $fixture:ty) => {
        conformance! { $store, $fixture, cfg(all()) }
    };
    ($store:ident, $fixture:ty, $attribute:meta) => {
        conformance! { $store, ($fixture, $attribute), kept: yes, atomic: yes, revocable: yes,
        listable: yes, shared: yes, durable: yes }
    };
}

macro_rules! is {
    (yes) => {
        true
    };
    (no) => {
        false
    };
}

/// Where the records are: at the server, which asks the store for them, or in the cookies.
macro_rules! kept {
    (yes, $place:tt) => {
        cases! { $place,
            records: [
                a_record_comes_back_as_it_was_stored,
                a_record_that_was_never_stored_is_not_there,
                the_first_and_the_last_locker_can_be_used,
                a_locker_can_be_taken_only_once,
                an_update_replaces_every_field_that_can_change,
                an_update_leaves_other_records_alone,
                an_update_of_another_version_changes_nothing,
                an_update_of_a_missing_record_creates_nothing,
                a_deletion_that_names_the_version_deletes,
                a_deletion_that_names_no_version_deletes_any,
                a_deletion_of_another_version_deletes_nothing,
                what_is_gone_cannot_be_deleted_again,
                nothing_revives_a_deleted_record,
                a_replacement_deletes_one_record_and_creates_another,
                a_replacement_of_another_version_changes_nothing,
                a_replacement_by_a_taken_locker_changes_nothing,
                a_touch_writes_two_moments_and_nothing_else,
                a_touch_of_another_version_changes_nothing,
                data_comes_back_letter_by_letter,
                a_large_record_comes_back,
                every_kind_of_expiry_comes_back,
                two_handles_see_the_same_records,
                what_was_stored_is_there_after_a_restart,
                a_record_that_cannot_be_read_is_an_error_and_stays,
            ]
            listing: [
                a_purge_takes_what_is_over_and_leaves_the_rest,
                a_purge_takes_no_more_than_it_may,
                a_touch_keeps_a_record_from_the_purge,
            ]
            ids: [
                a_right_locker_with_a_wrong_secret_opens_nothing,
                values_of_another_shape_are_left_alone,
                bits_beyond_the_end_do_not_make_a_second_spelling,
                every_session_has_an_id_of_its_own,
            ]
            time: [
                a_write_sends_the_cookie_only_when_it_extends,
                what_is_over_is_purged,
                what_is_over_is_purged_at_the_start,
                one_purge_takes_however_many_there_are,
            ]
            slow: [
                whoever_gives_up_while_it_is_slow_keeps_nobody_waiting,
            ]
            failures: [
                a_session_that_cannot_be_loaded_is_not_an_empty_one,
                a_guard_that_cannot_load_the_session_lets_nobody_pass,
                an_end_whose_fate_is_unknown_is_not_told_as_if_it_were_made,
                a_record_that_cannot_be_read_stays_as_it_is,
                a_purge_that_failed_is_tried_again,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            opposites: [
                what_only_a_kept_record_can_answer_is_not_supported,
                every_change_sends_the_cookie_again,
                a_rotation_is_not_pretended,
            ]
        }
    };
}

/// Of changes that meet, does none go under?
macro_rules! atomic {
    (yes, $place:tt) => {
        cases! { $place,
            records: [
                of_a_hundred_updates_of_one_version_one_succeeds,
            ]
            update: [
                the_view_sees_what_it_left_and_what_others_did,
            ]
            concurrency: [
                two_requests_that_set_different_keys_both_survive,
                of_two_that_set_the_same_key_the_later_counts,
                a_hundred_keys_set_at_once_are_all_there,
                a_hundred_updates_at_once_all_count,
                updates_on_two_servers_all_count,
                after_twenty_tries_it_is_busy,
            ]
            draft: [
                those_that_queue_up_share_one_commit,
                what_becomes_of_it_is_told_to_all,
                after_a_conflict_each_is_applied_anew,
                an_error_is_told_when_what_it_rests_on_is_stored,
                who_gives_up_takes_no_change_of_others_along,
                a_view_that_panics_in_its_turn_takes_nobody_along,
                what_queued_up_before_an_end_is_stored_and_then_ended,
                a_login_in_it_changes_the_lock_for_those_behind,
                two_sessions_in_one_queue_stay_apart,
            ]
            histories: [
                no_read_tells_less_than_was_told_before,
            ]
            size: [
                two_requests_that_are_too_large_only_together_do_not_both_pass,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            opposites: [
                of_two_changes_at_once_one_is_lost,
                of_two_updates_at_once_one_is_lost,
            ]
        }
    };
}

/// Is what was ended gone, whatever the browser still has?
macro_rules! revocable {
    (yes, $place:tt) => {
        cases! { $place,
            whole: [
                flush_deletes_row_and_cookie,
                flush_then_set_replaces_the_session_in_one_step,
                rotate_changes_the_secret_and_nothing_else,
                rotate_holds_whatever_else_the_view_does,
            ]
            update: [
                after_flush_it_begins_a_new_session,
                a_session_that_ended_meanwhile_is_not_revived,
            ]
            ids: [
                an_unknown_id_is_refused_and_never_adopted,
            ]
            slow: [
                a_session_that_ends_while_it_is_slow_is_not_revived,
                a_session_that_is_purged_while_it_is_slow_is_not_revived,
                a_use_that_is_recorded_slowly_revives_nothing,
            ]
            clock: [
                the_id_before_a_rotation_in_the_future_is_unknown,
            ]
            lifetime: [
                a_moment_in_the_past_ends_it_at_once,
            ]
            identity: [
                a_login_gives_the_session_a_new_id_and_keeps_its_row,
                a_logout_by_pop_keeps_row_and_id_and_the_next_login_rotates,
            ]
            rotation: [
                the_old_id_is_anonymous_and_gets_no_cookie_of_any_kind,
                whatever_it_writes_ends_in_a_conflict_and_stores_nothing,
                a_minute_later_the_old_id_is_unknown,
                the_id_before_the_old_one_is_unknown,
                an_old_id_of_an_ended_session_is_unknown,
                with_the_same_identity_a_write_under_way_is_applied_without_a_cookie,
                a_new_login_of_the_same_user_does_not_disturb_it,
                with_another_identity_it_is_dropped_and_told_to_reload,
                a_strangers_write_does_not_go_into_the_session_of_who_logs_in,
                a_request_under_way_never_sees_later_data,
                an_update_under_way_is_told_to_reload,
                a_login_under_way_never_takes_over_a_lock_that_it_did_not_change,
                of_two_rotations_at_once_one_is_made,
                a_flush_under_way_ends_the_session_without_a_cookie,
                a_new_session_under_way_is_not_begun_without_its_cookie,
                a_read_under_way_that_would_extend_sends_no_cookie,
                a_cookie_that_was_due_before_is_not_sent_after,
                a_write_under_way_at_a_logout_stays_with_its_owner,
            ]
            concurrency: [
                a_flush_that_meets_a_write_ends_the_session_all_the_same,
                of_two_logouts_at_once_the_second_finds_nothing_to_do,
                a_late_write_to_an_ended_session_is_dropped,
            ]
            meetings: [
                in_a_thousand_meetings_with_a_logout_no_save_revives_a_session,
            ]
            failures: [
                a_new_id_whose_fate_is_unknown_is_not_sent,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            opposites: [
                a_copy_of_the_cookie_is_live_again_after_a_logout,
                a_copy_of_the_cookie_is_live_again_after_a_flush,
                a_copy_of_the_cookie_is_live_after_a_rotation,
            ]
        }
    };
}

/// Can a user's sessions be found?
macro_rules! listable {
    (yes, $place:tt) => {
        cases! { $place,
            listing: [
                a_user_has_the_sessions_that_name_them_the_last_used_first,
                a_users_name_is_matched_letter_by_letter,
                a_user_who_logged_out_is_not_listed,
                a_record_that_cannot_be_read_does_not_hide_the_others,
            ]
            failures: [
                sessions_that_could_not_be_ended_are_told_and_still_there,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            opposites: [
                a_users_sessions_can_be_neither_listed_nor_ended,
            ]
        }
    };
}

/// Do several servers on one place know the same sessions?
macro_rules! shared {
    (yes, $place:tt) => {
        cases! { $place,
            several: [
                a_session_that_one_server_began_is_known_to_the_other,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            several: [
                a_session_that_one_server_began_is_unknown_to_the_other,
            ]
        }
    };
}

/// Are sessions there after a restart?
macro_rules! durable {
    (yes, $place:tt) => {
        cases! { $place,
            several: [
                a_session_is_there_after_a_restart,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            several: [
                after_a_restart_nobody_is_known,
            ]
        }
    };
}

conformance!(on_the_database, crate::stores::DatabaseFixture);
conformance!(in_the_cache, (crate::stores::CacheFixture, cfg(all())),
    kept: yes, atomic: yes, revocable: yes, listable: yes, shared: no, durable: no);
conformance!(in_files, crate::stores::FileFixture);
conformance!(on_the_cached_database, crate::stores::CachedDatabaseFixture);
conformance!(in_encrypted_cookies, (crate::stores::EncryptedFixture, cfg(all())),
    kept: no, atomic: no, revocable: no, listable: no, shared: yes, durable: yes);
conformance!(in_signed_cookies, (crate::stores::SignedFixture, cfg(all())),
    kept: no, atomic: no, revocable: no, listable: no, shared: yes, durable: yes);
#[cfg(feature = "redis")]
conformance!(
    in_redis,
    crate::stores::RedisFixture,
    cfg_attr(not(redis_server), ignore = "there is no redis-server")
);
