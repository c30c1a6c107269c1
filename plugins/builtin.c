/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The light plugins: those that need no library that the engine does not need as well. */
#include "builtin.h"

extern const zp_plugin zp_plugin_csv, zp_plugin_xml;
extern const zp_plugin zp_plugin_algorithm_a, zp_plugin_algorithm_a_grouped, zp_plugin_algorithm_a_iso3, zp_plugin_censored_normal,
	zp_plugin_clia_3sd, zp_plugin_consensus, zp_plugin_crm, zp_plugin_expert, zp_plugin_huber, zp_plugin_kernel_mode, zp_plugin_known,
	zp_plugin_mean, zp_plugin_median_grade, zp_plugin_median_made, zp_plugin_median_niqr, zp_plugin_mode, zp_plugin_q_hampel, zp_plugin_q_method, zp_plugin_qn,
	zp_plugin_qn_hampel, zp_plugin_reference_laboratory, zp_plugin_sn, zp_plugin_trimmed_10, zp_plugin_trimmed_25,
	zp_plugin_truncated_2sd, zp_plugin_truncated_3sd;
extern const zp_plugin zp_plugin_accepted, zp_plugin_aps, zp_plugin_en, zp_plugin_match, zp_plugin_members, zp_plugin_sdi, zp_plugin_sdi_fixed,
	zp_plugin_susceptibility, zp_plugin_target_score, zp_plugin_within, zp_plugin_vis, zp_plugin_z, zp_plugin_z_prime, zp_plugin_zeta;
extern const zp_plugin zp_plugin_results_csv, zp_plugin_figure_svg, zp_plugin_form_csv, zp_plugin_book_json, zp_plugin_pages_html;

const zp_plugin *const zp_builtin[] = {
	&zp_plugin_csv, &zp_plugin_xml,
	&zp_plugin_algorithm_a, &zp_plugin_algorithm_a_grouped, &zp_plugin_algorithm_a_iso3, &zp_plugin_censored_normal,
	&zp_plugin_clia_3sd, &zp_plugin_consensus, &zp_plugin_crm, &zp_plugin_expert, &zp_plugin_huber, &zp_plugin_kernel_mode, &zp_plugin_known,
	&zp_plugin_mean, &zp_plugin_median_grade, &zp_plugin_median_made, &zp_plugin_median_niqr, &zp_plugin_mode, &zp_plugin_q_hampel, &zp_plugin_q_method,
	&zp_plugin_qn, &zp_plugin_qn_hampel, &zp_plugin_reference_laboratory, &zp_plugin_sn, &zp_plugin_trimmed_10,
	&zp_plugin_trimmed_25, &zp_plugin_truncated_2sd, &zp_plugin_truncated_3sd,
	&zp_plugin_accepted, &zp_plugin_aps, &zp_plugin_en, &zp_plugin_match, &zp_plugin_members, &zp_plugin_sdi, &zp_plugin_sdi_fixed,
	&zp_plugin_susceptibility, &zp_plugin_target_score, &zp_plugin_within, &zp_plugin_vis, &zp_plugin_z, &zp_plugin_z_prime, &zp_plugin_zeta,
	&zp_plugin_results_csv, &zp_plugin_figure_svg, &zp_plugin_form_csv, &zp_plugin_book_json, &zp_plugin_pages_html,
	NULL,
};
