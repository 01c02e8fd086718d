//! The cases of promises that take a store.

/// Promises that need a record at the server: it can be looked at, compared and taken back.
macro_rules! with_a_store {
    ($place:tt) => {
        cases! { $place,
            session_ids: [
                a_right_locker_with_a_wrong_secret_opens_nothing,
                values_of_another_shape_are_left_alone,
                bits_beyond_the_end_do_not_make_a_second_spelling,
                every_session_has_an_id_of_its_own,
                an_unknown_id_is_refused_and_never_adopted,
            ]
            expiry: [
                reading_after_five_minutes_is_recorded_and_sends_no_cookie,
                a_write_sends_the_cookie_only_in_a_new_twentieth,
            ]
            purge: [
                what_is_over_is_purged,
                what_is_over_is_purged_at_the_start,
                one_purge_takes_however_many_there_are,
            ]
            unreturned: [
                until_its_id_has_come_back_a_session_lives_a_day_and_a_strangers_an_hour,
                of_unreturned_strangers_the_oldest_makes_room,
                who_logs_in_after_an_update_of_the_same_request_is_no_stranger,
                the_first_return_is_recorded_and_tells_the_browser_nothing,
            ]
            inspect: [
                an_unknown_session_has_a_locker_and_no_record,
                the_id_before_a_rotation_shows_that_it_opens_nothing,
                a_store_that_does_not_answer_is_no_missing_record,
            ]
            outside: [
                a_job_changes_a_live_session_in_one_step,
                a_job_that_only_looks_writes_nothing,
                a_job_can_log_out_and_end_a_session,
                there_is_nothing_to_change_in_a_session_that_is_gone,
                a_session_that_ends_before_the_job_is_done_is_not_revived,
                a_job_that_meets_a_faster_request_is_applied_to_what_that_left,
                an_error_of_the_job_changes_nothing,
                a_job_that_needs_a_new_session_id_is_refused,
                a_job_counts_as_no_use_and_leaves_the_cookie_alone,
                a_job_before_the_first_return_is_not_taken_for_it,
                a_lifetime_that_a_job_sets_counts_from_the_last_use,
                a_longer_lifetime_that_a_job_sets_waits_for_the_first_return,
            ]
            flashes: [
                two_requests_that_add_one_at_once_both_leave_it,
                a_message_that_comes_while_others_are_shown_waits,
                two_pages_at_once_take_no_more_than_they_show,
                a_message_for_a_session_that_has_ended_is_a_conflict,
            ]
            logged_in: [
                a_store_that_does_not_answer_is_no_stranger,
            ]
            all_sessions: [
                a_stretch_of_expired_sessions_is_no_end,
                a_session_that_cannot_be_read_is_left_out_with_a_warning,
            ]
            begun: [
                a_store_that_fails_begins_no_session,
            ]
            log: [
                a_store_that_fails_leaves_one_warning_with_its_reason,
                a_use_that_was_not_recorded_leaves_one_warning,
                a_session_that_others_always_change_leaves_one_warning,
                requests_that_come_too_late_leave_no_warning,
                a_session_that_is_ended_from_outside_is_in_the_log,
                each_warning_has_its_target,
            ]
            slow_store: [
                a_slow_commit_is_answered_after_it_and_keeps_nobody_else_waiting,
                whoever_gives_up_while_it_is_slow_keeps_nobody_waiting,
                a_session_that_ends_while_it_is_slow_is_not_revived,
                a_session_that_is_purged_while_it_is_slow_is_not_revived,
                a_use_that_is_recorded_slowly_revives_nothing,
                a_page_that_only_reads_does_not_wait_for_its_use_to_be_recorded,
            ]
            failures: [
                a_page_without_the_session_does_not_need_the_store,
                no_cookie_is_sent_for_a_session_that_was_not_created,
                a_change_that_was_not_stored_is_not_told_as_if_it_were,
                a_session_that_could_not_be_ended_is_still_there,
                a_page_is_not_withheld_because_its_use_was_not_recorded,
                without_a_page_of_its_own_the_app_answers_in_plain_text,
                a_session_that_cannot_be_loaded_is_not_an_empty_one,
                a_guard_that_cannot_load_the_session_lets_nobody_pass,
                an_end_whose_fate_is_unknown_is_not_told_as_if_it_were_made,
                a_purge_that_failed_is_tried_again,
                a_new_id_whose_fate_is_unknown_is_not_sent,
                sessions_that_could_not_be_ended_are_told_and_still_there,
            ]
            damaged_records: [
                a_record_that_cannot_be_read_opens_nothing_and_stays_as_it_is,
                a_record_with_the_last_version_there_is_stays_as_it_is,
                a_record_that_cannot_be_changed_keeps_nobody_from_logging_in,
                a_record_that_is_damaged_while_a_login_is_under_way_does_not_stop_it,
            ]
            update: [
                the_view_sees_what_it_left_and_what_others_did,
                after_flush_it_begins_a_new_session,
                a_session_that_ended_meanwhile_is_not_revived,
            ]
            concurrency: [
                two_requests_that_set_different_keys_both_survive,
                of_two_that_set_the_same_key_the_later_counts,
                a_hundred_keys_set_at_once_are_all_there,
                a_hundred_updates_at_once_all_count,
                updates_on_two_servers_all_count,
                after_twenty_tries_it_is_busy,
                a_flush_that_meets_a_write_ends_the_session_all_the_same,
                of_two_logouts_at_once_the_second_finds_nothing_to_do,
                a_late_write_to_an_ended_session_is_dropped,
                a_late_removal_in_an_ended_session_has_nothing_left_to_do,
            ]
            queue: [
                each_is_answered_in_its_turn_and_all_count,
                a_failure_of_the_store_is_told_to_all,
                after_a_conflict_each_is_applied_anew,
                an_error_is_told_when_what_it_rests_on_is_stored,
                who_gives_up_takes_no_change_of_others_along,
                a_view_that_panics_in_its_turn_takes_nobody_along,
                what_queued_up_before_an_end_is_stored_and_then_ended,
                a_login_changes_the_lock_for_those_behind,
                two_sessions_in_one_queue_stay_apart,
            ]
            size: [
                two_requests_that_are_too_large_only_together_do_not_both_pass,
            ]
            values: [
                a_value_that_cannot_be_read_is_popped_all_the_same,
            ]
            clear_flush_rotate: [
                flush_deletes_row_and_cookie,
                flush_then_set_replaces_the_session_in_one_step,
                rotate_changes_the_secret_and_nothing_else,
                rotate_holds_whatever_else_the_view_does,
            ]
            clock: [
                the_id_before_a_rotation_in_the_future_is_unknown,
            ]
            set_expiry: [
                the_view_sees_the_lifetime_that_it_has_set,
                the_view_of_a_login_sees_the_lifetime_that_begins,
            ]
            identity: [
                a_login_gives_the_session_a_new_id_and_keeps_its_row,
                a_logout_by_pop_keeps_row_and_id_and_the_next_login_rotates,
                a_login_that_is_not_to_rotate_keeps_its_id_and_begins_its_life_anew,
                where_logins_do_not_rotate_the_app_can,
            ]
            rotation: [
                the_old_id_is_anonymous_and_gets_no_cookie_of_any_kind,
                whatever_it_writes_ends_in_a_conflict_and_stores_nothing,
                a_minute_later_the_old_id_is_unknown,
                the_id_before_the_old_one_is_unknown,
                an_old_id_of_an_ended_session_is_unknown,
            ]
            shutting_out: [
                ending_all_others_from_within_shuts_out_a_copy_of_the_own_cookie,
                a_copy_that_was_shut_out_opens_and_stores_nothing_from_then_on,
                what_is_under_way_goes_on_and_leaves_the_new_cookie_alone,
                where_another_was_faster_nobody_is_told_that_they_are_alone,
                a_login_along_with_it_leaves_no_session_to_who_was_faster,
                where_the_others_cannot_be_ended_the_id_stays,
                where_no_user_is_logged_in_there_are_no_others,
            ]
            rotation_under_way: [
                with_the_same_identity_a_write_under_way_is_applied_without_a_cookie,
                a_new_login_of_the_same_user_does_not_disturb_it,
                with_another_identity_it_is_dropped_and_told_to_reload,
                a_strangers_write_does_not_go_into_the_session_of_who_logs_in,
                a_request_under_way_never_sees_later_data,
                an_update_under_way_is_told_to_reload,
                of_two_rotations_at_once_one_is_made,
                a_flush_under_way_ends_the_session_without_a_cookie,
                a_new_session_under_way_is_not_begun_without_its_cookie,
                a_read_under_way_that_would_extend_sends_no_cookie,
                a_cookie_that_was_due_before_is_not_sent_after,
                a_write_under_way_at_a_logout_stays_with_its_owner,
            ]
            login_races: [
                a_double_click_on_log_in_logs_in_twice,
                a_login_whose_answer_was_lost_can_be_made_again,
                so_it_can_where_the_login_commits_at_once,
                whoever_knows_an_old_id_gets_nothing_by_logging_in_as_somebody_else,
                a_login_under_way_leaves_a_lock_that_it_did_not_change,
                a_login_under_way_outlives_the_end_of_its_session,
                a_login_that_is_undone_is_none,
                a_login_that_is_undone_adds_nothing_to_an_ended_session,
                the_session_that_a_login_left_behind_lives_a_day,
                a_slow_stranger_writes_nothing_for_who_logs_in_meanwhile,
                a_session_that_a_login_leaves_is_not_over_because_it_was_at_rest,
                a_login_whose_own_session_was_not_stored_is_told_so,
                a_login_after_flush_takes_nothing_along,
            ]
            logout_races: [
                in_a_thousand_meetings_with_a_logout_no_save_revives_a_session,
                a_view_that_goes_on_after_a_logout_elsewhere_begins_no_session,
            ]
        }
    };
}
