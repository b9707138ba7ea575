"""What one may do with photos, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM

SEE_PHOTO = define("photos.see_photo", _("Se bilder i journalen"), IN_THE_TEAM)
ADD_PHOTO = define("photos.add_photo", _("Legge et bilde i journalen"), IN_THE_TEAM)
