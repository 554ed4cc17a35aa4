# Learns and scores messages given as JSON on standard input: {"learn": [[text, bad]], "check": {name: [text]}}.
# The first argument is an empty folder for the Bayes database. See spamassassin.py.
use strict;
use warnings;
use Encode qw(encode);
use JSON::PP;
use Mail::SpamAssassin;

my ($folder) = $ARGV[0] =~ m{^(/[\w./-]+)$} or die "a folder is needed\n";
$ENV{PATH} = '/usr/bin:/bin';
my $asked = decode_json(do { local $/; <STDIN> });
my $filter = Mail::SpamAssassin->new({
    local_tests_only => 1,
    dont_copy_prefs => 1,
    userprefs_filename => "$folder/user_prefs",
    userstate_dir => $folder,
    home_dir_for_helpers => $folder,
    post_config_text => join("\n", 'use_bayes 1', "bayes_path $folder/bayes", 'bayes_auto_learn 0',
        'bayes_min_ham_num 1', 'bayes_min_spam_num 1', ''), # 200 otherwise, more than there are
});
$filter->compile_now(0, 1);
my $number = 0;

sub mail_of {
    my ($text) = @_;
    $number++;
    return $filter->parse(encode('UTF-8', join("\n",
        'From: nguoi-gui@vidu.vn', 'To: nguoi-nhan@vidu.vn', 'Subject: tin', 'Date: Mon, 1 Jan 2024 08:00:00 +0700',
        "Message-ID: <$number\@vidu.vn>", 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit', '', $text, '')));
}

sub spent { my ($user, $system) = times; return $user + $system; }

my $began = spent();
$filter->init_learner({ wait_for_lock => 1, caller_will_untie => 1 });
for my $each (@{ $asked->{learn} }) {
    my $mail = mail_of($each->[0]);
    $filter->learn($mail, undef, $each->[1] ? 1 : 0, 0)->finish;
    $mail->finish;
}
$filter->rebuild_learner_caches;
$filter->finish_learner;
my $train_s = spent() - $began;

my (%scores, $check_s);
for my $name (keys %{ $asked->{check} }) {
    $began = spent();
    for my $text (@{ $asked->{check}{$name} }) {
        my $mail = mail_of($text);
        my $status = $filter->check($mail);
        # Bayes gives its points in steps; among equal points its own probability decides.
        push @{ $scores{$name} }, $status->get_score + 0.001 * ($status->{bayes_score} // 0.5);
        $status->finish;
        $mail->finish;
    }
    $check_s = spent() - $began if $name eq 'as_is';
}
print encode_json({ scores => \%scores, train_s => $train_s, check_s => $check_s });
