"""The design system's tags and filters: `{% load design %}`. Shown with examples at /thiet-ke/.

Buttons      {% button "Lưu" kind="primary" name="" value="" %}         submits the form it is in
             {% link_button "Lập chiến dịch" href kind="primary" %}
             {% post_button "Xác nhận đã nhận" action kind="primary" version=3 %}   own form with csrf; more words = hidden fields
             kind: primary (one on a screen), secondary, warning, quiet. Other words become attributes: hx_post=url
Forms        {% error_summary form other_form %}  {% form_fields form %}  {% whole_form form "Lưu" action="" %}
             {% field form.number width="short" source="mark-number" doubtful=True %}   width: short, medium, full
             {% field_label f %} {% field_hint f %} {% field_errors f %}   the parts of a field that a page lays out itself
             {% pills form.day %}   choices side by side, for thumbs; needs foundation/choices.css
             {% fieldset "Thời hạn" hint="" %}…{% endfieldset %}  {% buttons %}…{% endbuttons %}
             {% autosave url %} inside <form …>, with {% autosave_status saved_at %}; answer foundation/components/saved.html (at=…)
Tables       {% table "Tên bảng" %}{% columns %}{% column "Đơn vị" %}{% column "Học sinh" number=True unit="người" %}
             {% endcolumns %}{% row %}{% value name %}{% value 1250 %}{% endrow %}{% row sum=True %}…{% endrow %}{% endtable %}
             {% folded name "97 %" href="" %}   first cell of a row folded on a phone; needs foundation/folding.css
             {% cell %}any markup{% endcell %}; {% value x href="" %}: None is "chưa có", 0 is 0. The first of a row heads it
Showing      {% state "late" word="" %}  states: design.STATES
             {% verdict "scam" %}what to do, then why{% endverdict %}   scam, caution, none
             {% progress 12 30 "Đã nhận" %}  {% stacked_bar parts "Tình hình nhận" %}
                 parts: design.Part(word, count, tone), Part.of(state, count)
             {% figure 1250 "đơn vị đã nhận" note="" href="" %} in {% figures %}…{% endfigures %}
             {% panel "info" title="" %}…{% endpanel %}   info, success, warning, error
             {% nothing_yet "Chưa có chiến dịch." %}next step{% endnothing_yet %}
             {% summary %}{% item "Số, ký hiệu" %}…{% enditem %}{% endsummary %}
             {% steps %}{% step "Đọc văn bản" state="done" href="" %}{% endsteps %}   done, current, todo
             {% document text spans %}   spans: design.Span(start, end, label, certainty, key, target)
             {% file_link href "Báo cáo tổng hợp" "DOCX" size=12345 %}
             {% beside %}{% side %}document{% endside %}{% side %}form{% endside %}{% endbeside %}   one above the other on a phone
             {% more "Xem đủ" %}…{% endmore %}   folded away until asked for
Ways         {% crumbs %}{% crumb "Chiến dịch" href %}{% endcrumbs %}
             {% tabs "Lọc" %}{% tab "Chưa mở" href current=True count=4 %}{% endtabs %}
             {% bell href 3 renewed_from="" %}   in the header: how many notices wait to be read
             {% pagination page %}   a django Page; keeps the query string
Filters      number, percent (of a share of one), day, clock, moment, filesize_in_words; None gives "chưa có"
"""

from django import template

from lachan.foundation.templatetags import design_fields, design_forms, design_layout, design_show, design_tables

register = template.Library()
for part in (design_fields, design_forms, design_layout, design_show, design_tables):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
